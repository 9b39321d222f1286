"""A turn runner over a real store, with a small dialogue in place of Rasa."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from assistant.identity import Signer
from assistant.metrics import Metrics
from assistant.replies.blocks import Reply, Text
from assistant.replies.writer import ReplyWriter
from assistant.turns import log
from assistant.turns.board import MessageBoard
from assistant.turns.dialogue import DialogueClient, Utterance
from assistant.turns.ledger import TurnLedger
from assistant.turns.log import Incoming
from assistant.turns.runner import Limits, TurnRunner
from crm.store.engine import Store
from crm.store.tables.conversations import Message, Turn

HERE = "web:E0001:main"
PATIENT = Limits(turn_seconds=60.0, waiting=200)
"""Of a turn that is to be answered, however busy the machine."""
Behaviour = Callable[[Utterance], Awaitable[None]]


class SmallDialogue(DialogueClient):
    """A dialogue that does what a test says; by default it answers with the text it was sent."""

    def __init__(self, store: Store, signer: Signer, writer: ReplyWriter) -> None:
        self.store, self.signer, self.writer = store, signer, writer
        self.behaviour: Behaviour = self.answer
        self.posted: list[Utterance] = []

    async def post(self, utterance: Utterance) -> None:
        self.posted.append(utterance)
        await self.behaviour(utterance)

    async def answer(self, utterance: Utterance) -> None:
        await asyncio.to_thread(self.answer_now, utterance)

    def answer_now(self, utterance: Utterance) -> None:
        turn = self.signer.open_assertion(utterance.assertion, utterance.conversation_id)
        reply = Reply((Text(f"answer to {utterance.text}"),), "en")
        body = self.writer.body(reply, utterance.conversation_id)
        with self.store.begin() as session:
            log.answer_turn(session, turn.turn_id, turn.conversation_id, body, datetime.now(UTC))


class Clock:
    """The real time, moved by what a test adds; it can be made to stop and wait."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.before: Callable[[], None] = lambda: None

    def __call__(self) -> datetime:
        self.before()
        return datetime.now(UTC) + self.ahead


@dataclass(slots=True)
class Bench:
    """A turn runner and what a test looks at around it."""

    store: Store
    signer: Signer
    writer: ReplyWriter
    dialogue: SmallDialogue
    clock: Clock
    limits: Limits = PATIENT

    def runner(self) -> TurnRunner:
        """Return a runner as a service process starts with one."""
        metrics = Metrics()
        ledger = TurnLedger(self.store, self.writer, MessageBoard(), metrics, clock=self.clock)
        return TurnRunner(ledger, self.dialogue, self.signer, metrics, self.limits)

    def conversation(self, conversation_id: str = HERE) -> list[str]:
        """Return what was said in a conversation, line by line."""
        with self.store.read() as session:
            messages, _ = log.history(session, conversation_id, limit=1_000)
        return [said(message) for message in messages]

    def statuses(self) -> dict[str, int]:
        """Return how many turns there are of each status."""
        with self.store.read() as session:
            rows = session.execute(select(Turn.status, func.count()).group_by(Turn.status))
            return {status.value: count for status, count in rows}

    def messages(self) -> int:
        """Return how many messages were ever written."""
        with self.store.read() as session:
            return session.execute(select(func.count()).select_from(Message)).scalar_one()


def said(message: log.LoggedMessage) -> str:
    """Return a message as one line: its text, or the words of its first block."""
    blocks = message.body.get("blocks") or [{"text": ""}]
    text: str = message.body["text"] or blocks[0]["text"]
    return text


def incoming(text: str, message_id: str = "", **changes: str) -> Incoming:
    """Return a message of the one invented employee."""
    return Incoming(
        conversation_id=changes.get("conversation_id", HERE),
        message_id=message_id or text,
        employee_id="E0001",
        channel="web",
        text=text,
        language="en",
        payload=changes.get("payload", ""),
        nonce=changes.get("nonce", ""),
    )
