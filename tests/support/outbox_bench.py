"""The outbox over a real store, with a clock that a test moves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.identity import Signer, utc_now
from assistant.metrics import Metrics
from assistant.outbox import Deliverer
from assistant.replies.notices import notice
from assistant.replies.templates import Words
from assistant.replies.writer import ReplyWriter
from assistant.settings import Settings
from assistant.turns import log
from assistant.turns.board import MessageBoard
from assistant.turns.log import LoggedMessage
from crm import outbox
from crm.outbox import Outgoing
from crm.store.engine import Store
from tests.support.turn_bench import Clock, incoming

KIND = "talk.greet"
"""A sentence of the shipped words that takes one value, ``name``."""


@dataclass(slots=True)
class OutboxBench:
    """A store, a deliverer over it and what a test looks at."""

    store: Store
    words: Words
    clock: Clock = field(default_factory=Clock)
    board: MessageBoard = field(default_factory=MessageBoard)
    metrics: Metrics = field(default_factory=Metrics)

    def deliverer(self) -> Deliverer:
        """Return a deliverer as a service process starts with one."""
        return deliverer_over(self.store, self.words, self.board, self.metrics, self.clock)

    def deliver(self) -> int:
        """Deliver what is due once and return how many were."""
        return asyncio.run(self.deliverer().deliver())

    def enqueue(self, key: str, employee_id: str = "E0001", **changes: Any) -> None:
        """Write one message, as a use case does with its cause."""
        with self.store.begin() as session:
            outbox.enqueue(session, message(key, employee_id, **changes), self.clock())

    def answered_in(self, language: str, employee_id: str = "E0001", place: str = "") -> None:
        """Leave a turn behind that was answered in a language."""
        where = place or f"web:{employee_id}:main"
        message = incoming("hello", f"{where} {language}", conversation_id=where)
        with self.store.begin() as session:
            log.open_turn(session, message.message_id, message, self.clock())
            body = {"text": "", "language": language, "blocks": []}
            log.answer_turn(session, message.message_id, where, body, self.clock())

    def unasked(self, conversation_id: str = "web:E0001:main") -> list[LoggedMessage]:
        """Return what a conversation was told without a turn."""
        with self.store.read() as session:
            messages, _ = log.history(session, conversation_id, limit=10_000)
        return [message for message in messages if message.turn_id is None]

    def told(self, conversation_id: str = "web:E0001:main") -> list[str]:
        """Return the same as text."""
        return [message.body["blocks"][0]["text"] for message in self.unasked(conversation_id)]

    def waiting(self, at: datetime | None = None) -> int:
        """Return how many messages are due and not delivered."""
        with self.store.read() as session:
            return outbox.waiting(session, at or self.clock()).count


def message(key: str, employee_id: str = "E0001", **changes: Any) -> Outgoing:
    """Return a message that says its key."""
    body = changes.pop("body", notice(KIND, name=key))
    return Outgoing(key, employee_id, "test:1", body, **changes)


def deliverer_over(
    store: Store,
    words: Words | None = None,
    board: MessageBoard | None = None,
    metrics: Metrics | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Deliverer:
    """Return a deliverer over a store, with parts of its own where none are given."""
    words = words or Words.load(Settings().replies_dir)
    writer = ReplyWriter(words, Signer("a-throw-away-secret-of-more-than-32-bytes"))
    return Deliverer(
        store, words, writer, board or MessageBoard(), metrics or Metrics(), clock=clock
    )
