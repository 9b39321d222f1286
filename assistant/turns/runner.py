"""Runs the turns of every conversation, one after the other, each to a visible end.

Rasa queues messages of one conversation behind a lock ticket and drops those whose ticket
expires, answering an empty list. So the order is kept here: a conversation has one line, a turn
leaves it answered or told as failed, and an empty answer to an open turn is asked again.
"""

import asyncio
import time
import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.exc import IntegrityError

from assistant.errors import DialogueUnreachable, MessageRefused
from assistant.identity import Assertion, Signer
from assistant.metrics import Metrics
from assistant.turns import log
from assistant.turns.dialogue import DialogueClient, Utterance
from assistant.turns.ledger import Language, TurnLedger
from assistant.turns.log import Incoming, LoggedMessage
from assistant.turns.screening import refusal

_RETRY_SECONDS = 0.25
_GRACE_SECONDS = 2.0
_LOOK_SECONDS = 0.1


@dataclass(slots=True)
class _Waiting:
    turn_id: str
    incoming: Incoming
    accepted: float
    done: asyncio.Future[list[LoggedMessage]]


@dataclass(slots=True)
class _Line:
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    queue: deque[_Waiting] = field(default_factory=deque)
    worker: asyncio.Task[None] | None = None
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a turn: seconds until it is told as failed, and turns waiting in a line."""

    turn_seconds: float
    waiting: int


class TurnRunner:
    """Takes messages, keeps them in order, and sees each to its answer."""

    def __init__(
        self,
        ledger: TurnLedger,
        dialogue: DialogueClient,
        signer: Signer,
        metrics: Metrics,
        limits: Limits,
    ) -> None:
        self._ledger = ledger
        self._dialogue = dialogue
        self._signer = signer
        self._metrics = metrics
        self._limits = limits
        self._lines: dict[str, _Line] = {}
        self._submissions: set[asyncio.Task[list[LoggedMessage]]] = set()
        self._log = structlog.get_logger("turns")

    async def submit(self, incoming: Incoming) -> list[LoggedMessage]:
        """Take a message and return it with its answer, once there is one.

        The same message handed in again returns the same answer. Cancelling the caller does not
        cancel the turn.

        Raises
        ------
        MessageRefused
            Too many are waiting, or the button was pressed before.
        """
        seeing_through = asyncio.create_task(self._submitted(incoming))
        self._submissions.add(seeing_through)
        seeing_through.add_done_callback(self._submissions.discard)
        return await asyncio.shield(seeing_through)

    async def sweep(self) -> int:
        """Tell every overdue turn of a process that died as failed; return how many."""
        age = timedelta(seconds=self._limits.turn_seconds + _GRACE_SECONDS)
        rows = await self._ledger.overdue(age)
        for turn_id, place, language in rows:
            await self._ledger.fail(turn_id, place, _language(language), "failure.interrupted")
        return len(rows)

    async def _submitted(self, incoming: Incoming) -> list[LoggedMessage]:
        line = self._lines.setdefault(incoming.conversation_id, _Line())
        line.inside += 1
        try:
            async with line.door:
                turn_id, done = await self._accept(line, incoming)
            if done is None:
                return await self._wait_elsewhere(turn_id, incoming)
            return await done
        finally:
            line.inside -= 1
            if not line.inside and line.worker is None:
                self._lines.pop(incoming.conversation_id, None)

    async def _accept(
        self, line: _Line, incoming: Incoming
    ) -> tuple[str, asyncio.Future[list[LoggedMessage]] | None]:
        full = len(line.queue) >= self._limits.waiting
        if full and await self._ledger.find(incoming) is None:
            raise MessageRefused("too_many_waiting")
        turn_id = uuid.uuid4().hex
        try:
            await self._ledger.open(turn_id, incoming)
        except IntegrityError:  # the message was taken before, here or by another process
            known = await self._ledger.find(incoming)
            if known is None:
                raise
            mine = [waiting.done for waiting in line.queue if waiting.turn_id == known]
            return known, mine[0] if mine else None
        done: asyncio.Future[list[LoggedMessage]] = asyncio.get_running_loop().create_future()
        line.queue.append(_Waiting(turn_id, incoming, time.monotonic(), done))
        if line.worker is None:
            line.worker = asyncio.create_task(self._work(line))
        return turn_id, done

    async def _work(self, line: _Line) -> None:
        try:
            while line.queue:
                waiting = line.queue[0]
                try:
                    shown = await self._see_through(waiting)
                except Exception as broke:
                    self._log.exception("turn.broke", turn=waiting.turn_id)
                    waiting.done.set_exception(broke)
                else:
                    waiting.done.set_result(shown)
                finally:
                    line.queue.popleft()
        finally:
            line.worker = None

    async def _see_through(self, waiting: _Waiting) -> list[LoggedMessage]:
        incoming = waiting.incoming
        refused = None if incoming.payload else refusal(incoming.text)
        if refused is None:
            shown = await self._ask(waiting)
        else:
            shown = await self._ledger.answer(waiting.turn_id, incoming, refused)
        self._metrics.turn_seconds.observe(time.monotonic() - waiting.accepted)
        return shown

    async def _ask(self, waiting: _Waiting) -> list[LoggedMessage]:
        """Post until the turn is closed, and close it as failed when its time is over."""
        deadline = waiting.accepted + self._limits.turn_seconds
        reason = "failure.slow"
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                while True:
                    reason = await self._post(waiting)
                    shown = await self._ledger.messages(waiting.turn_id)
                    if log.is_closed(shown):
                        return shown
                    self._metrics.retries.inc()
                    await asyncio.sleep(_RETRY_SECONDS)
        except TimeoutError:
            incoming = waiting.incoming
            place = incoming.conversation_id
            return await self._ledger.fail(waiting.turn_id, place, incoming.language, reason)

    async def _post(self, waiting: _Waiting) -> str:
        """Post once; return the words key of the failure if the turn stays open."""
        try:
            await self._dialogue.post(self._utterance(waiting))
        except DialogueUnreachable as gone:
            self._log.warning("dialogue.unreachable", cause=str(gone))
            return "failure.restarting"
        return "failure.silent"

    def _utterance(self, waiting: _Waiting) -> Utterance:
        incoming = waiting.incoming
        assertion = Assertion(
            employee_id=incoming.employee_id,
            channel=incoming.channel,
            conversation_id=incoming.conversation_id,
            turn_id=waiting.turn_id,
        )
        text = incoming.payload or incoming.text
        return Utterance(incoming.conversation_id, text, self._signer.assertion(assertion))

    async def _wait_elsewhere(self, turn_id: str, incoming: Incoming) -> list[LoggedMessage]:
        """Wait for a turn that another process runs, or that died with one."""
        deadline = time.monotonic() + self._limits.turn_seconds + _GRACE_SECONDS
        while not log.is_closed(shown := await self._ledger.messages(turn_id)):
            if time.monotonic() > deadline:
                place, key = incoming.conversation_id, "failure.interrupted"
                return await self._ledger.fail(turn_id, place, incoming.language, key)
            await asyncio.sleep(_LOOK_SECONDS)
        return shown


def _language(code: str) -> Language:
    return "en" if code == "en" else "zh"
