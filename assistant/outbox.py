"""Delivers what the assistant says of its own accord, in the reader's language.

A message is appended to the reader's conversation in the transaction that marks it delivered, so
on the page it appears exactly once, whatever dies in between.
"""

import asyncio
from datetime import datetime

import structlog

from assistant.channels.base import conversation_id
from assistant.identity import Clock
from assistant.metrics import Metrics
from assistant.replies.blocks import Reply
from assistant.replies.notices import present_notice
from assistant.replies.templates import Language, Words
from assistant.replies.writer import ReplyWriter
from assistant.turns import log
from assistant.turns.board import MessageBoard
from crm import outbox
from crm.errors import ClaimLost
from crm.outbox import Claimed
from crm.store.engine import Store
from crm.store.session import Session

_HOME_CHANNEL = "web"
_BATCH = 20
_MOST_BATCHES = 25


class Deliverer:
    """Delivers the messages of the outbox; several processes may, side by side."""

    def __init__(
        self,
        store: Store,
        words: Words,
        writer: ReplyWriter,
        board: MessageBoard,
        metrics: Metrics,
        *,
        clock: Clock,
    ) -> None:
        self._store = store
        self._words = words
        self._writer = writer
        self._board = board
        self._metrics = metrics
        self._clock = clock
        self._log = structlog.get_logger("outbox")

    async def deliver(self) -> int:
        """Deliver what is due, wake whoever listens, and return how many were delivered."""
        count = 0
        for _ in range(_MOST_BATCHES):
            taken = await asyncio.to_thread(self._claim)
            for message in taken:
                conversation = await asyncio.to_thread(self.deliver_one, message)
                if conversation is not None:
                    self._board.wake(conversation)
                    count += 1
            if len(taken) < _BATCH:
                break
        await asyncio.to_thread(self._measure)
        return count

    def deliver_one(self, message: Claimed) -> str | None:
        """Show a claimed message; return its conversation, or None when it was not shown now."""
        try:
            with self._store.begin() as session:
                conversation = self._show(session, message, self._clock())
        except ClaimLost:
            self._count("claim_lost")
            return None
        except Exception as broke:
            self._log.exception("outbox.failed", message=message.outbox_id)
            self._let_go(message, type(broke).__name__)  # a message could carry client data
            self._count("failed")
            return None
        self._count("delivered")
        return conversation

    def _claim(self) -> list[Claimed]:
        now = self._clock()
        with self._store.read() as session:
            if not outbox.any_due(session, now):
                return []  # looking costs no write
        with self._store.begin() as session:
            return outbox.claim(session, now, limit=_BATCH)

    def _show(self, session: Session, message: Claimed, now: datetime) -> str:
        outbox.delivered(session, message, now)
        place, language = _reader(session, message)
        blocks = present_notice(self._words, language, message.body)
        body = self._writer.body(Reply(blocks, language), place)
        log.tell_unasked(session, place, body, now)
        return place

    def _let_go(self, message: Claimed, why: str) -> None:
        try:
            with self._store.begin() as session:
                outbox.failed(session, message, self._clock(), why)
        except ClaimLost:
            self._count("claim_lost")

    def _measure(self) -> None:
        now = self._clock()
        with self._store.read() as session:
            left = outbox.waiting(session, now)
        age = 0.0 if left.oldest is None else (now - left.oldest).total_seconds()
        self._metrics.outbox_waiting.set(left.count)
        self._metrics.outbox_oldest_seconds.set(age)

    def _count(self, outcome: str) -> None:
        self._metrics.outbox_messages.labels(outcome=outcome).inc()


def _reader(session: Session, message: Claimed) -> tuple[str, Language]:
    """Return the conversation to tell it in, and the language its reader was last answered in."""
    known = log.habits(session, message.employee_id)
    home = conversation_id(_HOME_CHANNEL, message.employee_id)
    place = message.conversation_id or (known[0] if known else home)
    return place, "en" if known is not None and known[1] == "en" else "zh"
