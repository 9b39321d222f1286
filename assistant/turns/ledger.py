"""The turns in the store, as a runner opens, watches and closes them; never on the event loop."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal

import structlog

from assistant.errors import TurnClosed
from assistant.identity import Clock
from assistant.metrics import Metrics
from assistant.replies.writer import ReplyWriter
from assistant.turns import log
from assistant.turns.board import MessageBoard
from assistant.turns.log import Incoming, LoggedMessage
from crm.store.engine import Store

Language = Literal["zh", "en"]


class TurnLedger:
    """Opens turns, and closes each once with what the person is told."""

    def __init__(
        self,
        store: Store,
        writer: ReplyWriter,
        board: MessageBoard,
        metrics: Metrics,
        *,
        clock: Clock,
    ) -> None:
        self._store = store
        self._writer = writer
        self._board = board
        self._metrics = metrics
        self._clock = clock
        self._log = structlog.get_logger("turns")

    async def open(self, turn_id: str, incoming: Incoming) -> None:
        """Write a received message and its open turn.

        Raises
        ------
        MessageRefused
            The button was pressed before.
        sqlalchemy.exc.IntegrityError
            The message was taken before, here or by another process.
        """
        await asyncio.to_thread(self._open, turn_id, incoming)
        self._board.wake(incoming.conversation_id)

    async def find(self, incoming: Incoming) -> str | None:
        """Return the turn that took this message before, if any."""
        return await asyncio.to_thread(self._find, incoming)

    async def messages(self, turn_id: str) -> list[LoggedMessage]:
        """Return a turn's messages, the person's own first."""
        return await asyncio.to_thread(self._messages, turn_id)

    async def overdue(self, age: timedelta) -> Sequence[tuple[str, str, str]]:
        """Return (turn, conversation, language) of the turns that are open longer than that."""
        return await asyncio.to_thread(self._overdue, age)

    async def answer(self, turn_id: str, incoming: Incoming, key: str) -> list[LoggedMessage]:
        """Close a turn with one sentence, by its words key; return the turn's messages."""
        body = self._writer.sentence(incoming.language, key, tone="info")
        self._metrics.turns.labels(outcome="answered").inc()
        return await self._close(log.answer_turn, turn_id, incoming.conversation_id, body)

    async def fail(
        self, turn_id: str, conversation_id: str, language: Language, key: str
    ) -> list[LoggedMessage]:
        """Close a turn as failed, for the reason of a words key; return the turn's messages."""
        body = self._writer.sentence(language, key, tone="warning", failed=True)
        self._metrics.turns.labels(outcome="failed").inc()
        return await self._close(log.fail_turn, turn_id, conversation_id, body)

    async def _close(
        self,
        write: Callable[..., LoggedMessage],
        turn_id: str,
        conversation_id: str,
        body: dict[str, object],
    ) -> list[LoggedMessage]:
        """Close a turn unless it is closed already."""

        def closing() -> None:
            with self._store.begin() as session:
                write(session, turn_id, conversation_id, body, self._clock())

        try:
            await asyncio.to_thread(closing)
        except TurnClosed:
            self._log.info("turn.already_closed", turn=turn_id)
        self._board.wake(conversation_id)
        return await self.messages(turn_id)

    def _open(self, turn_id: str, incoming: Incoming) -> None:
        with self._store.begin() as session:
            log.open_turn(session, turn_id, incoming, self._clock())

    def _find(self, incoming: Incoming) -> str | None:
        with self._store.read() as session:
            return log.find_turn(session, incoming.conversation_id, incoming.message_id)

    def _messages(self, turn_id: str) -> list[LoggedMessage]:
        with self._store.read() as session:
            return log.replies(session, turn_id)

    def _overdue(self, age: timedelta) -> Sequence[tuple[str, str, str]]:
        with self._store.read() as session:
            return log.overdue(session, self._clock() - age)
