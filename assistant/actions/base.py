"""What every action shares: verify who asks, run one use case, write the answer once.

No action has a ``try``: errors of ours become replies here, and anything else becomes an
apology, so that a person never waits for nothing.
"""

import asyncio
import time
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.asking import Asking
from assistant.errors import AssertionRejected, TurnClosed
from assistant.identity import Assertion, Clock, Signer
from assistant.metrics import Metrics
from assistant.names import ActionName, Topic
from assistant.replies.blocks import Block, Note, Reply, attachments
from assistant.replies.templates import Words
from assistant.replies.writer import ReplyWriter
from assistant.services.changes import continues_changes
from assistant.services.completing import completes, pending_topic
from assistant.services.continuing import more_topic
from assistant.services.errors import ServiceError
from assistant.services.gaps.answered import AnsweredContent
from assistant.services.holders import asks_for_holders
from assistant.services.interest import wants_interest
from assistant.services.outcomes import takes_back
from assistant.services.pointing import pointed
from assistant.services.procedures import asks_about_entry_shown
from assistant.services.question import Language, Memory, Question
from assistant.services.resources import Resources
from assistant.turns import log
from assistant.turns.board import MessageBoard
from assistant.understanding.language import detect
from crm.employees import find_employee
from crm.store import audit
from crm.store.session import Session


@dataclass(frozen=True, slots=True)
class Desk:
    """What actions work with; built by the composition root."""

    resources: Resources
    words: Words
    signer: Signer
    writer: ReplyWriter
    board: MessageBoard
    metrics: Metrics
    clock: Clock
    seconds: float
    answered: AnsweredContent
    by_topic: "dict[Topic, BankAction]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action says, and what the conversation remembers from now on.

    Attributes
    ----------
    entries
        Ids of the entries shown, the nearest first; kept with the message.
    """

    blocks: Sequence[Block]
    memory: Memory
    language: Language | None = None
    entries: tuple[str, ...] = ()


class BankAction(Action):
    """Base of all actions: subclasses say which topic they serve and answer one question."""

    action_name: ClassVar[ActionName]
    topic: ClassVar[Topic | None] = None
    writes: ClassVar[bool] = False
    """Whether answering changes records beyond lines of the audit log.

    Such an answer is worked out inside the writing transaction, which keeps every other writer
    waiting: it must be short. All others read first, and only then write what they added.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._log = structlog.get_logger("actions")

    @abstractmethod
    def answer(self, session: Session, question: Question) -> Answer:
        """Answer one question on a worker thread; rows added to the session are written with it."""

    def name(self) -> str:
        """Return the name the domain knows the action by."""
        return self.action_name

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """Serve one action call of the dialogue; the answer itself goes to the store."""
        started = time.perf_counter()
        asserted = self._verified(tracker)
        memory, outcome = Memory.from_slots(tracker.slots), "answered"
        try:
            async with asyncio.timeout(self.desk.seconds):
                remembered = await asyncio.to_thread(self._serve, asserted, tracker, memory)
        except TurnClosed:
            remembered, outcome = memory, "too_late"
        except Exception:
            self._log.exception("action.broke", action=self.name(), turn=asserted.turn_id)
            await asyncio.to_thread(self._apologise, asserted, tracker, memory)
            remembered, outcome = memory, "broke"
        self.desk.board.wake(asserted.conversation_id)
        self.desk.metrics.actions.labels(action=self.name(), outcome=outcome).inc()
        seconds = time.perf_counter() - started
        self.desk.metrics.action_seconds.labels(action=self.name()).observe(seconds)
        dispatcher.utter_message(json_message={"turn": asserted.turn_id})
        return _changes(memory, remembered)

    def _verified(self, tracker: Tracker) -> Assertion:
        metadata = tracker.latest_message.get("metadata") or {}
        token = metadata.get("assertion")
        if not isinstance(token, str):
            raise AssertionRejected("no assertion")
        return self.desk.signer.open_assertion(token, tracker.sender_id)

    def routed(self, session: Session, question: Question) -> "BankAction":
        """Return the action that answers: whose question was left open, when this completes it."""
        if (more := more_topic(question)) is not None:
            return self.desk.by_topic[more]
        topic = pending_topic(question)
        if topic in self.desk.by_topic and completes(self.desk.resources, session, question):
            return self.desk.by_topic[topic]
        if asks_for_holders(self.desk.resources, session, question):
            return self.desk.by_topic[Topic.HOLDERS]
        if asks_about_entry_shown(question) or wants_interest(question):
            return self.desk.by_topic[Topic.PROCEDURE]
        if continues_changes(question):
            return self.desk.by_topic[Topic.CHANGES]
        return self

    def _routed(self, session: Session, question: Question) -> "BankAction":
        """Return the action that answers, whatever the dialogue took the message for."""
        if takes_back(question):
            return self.desk.by_topic[Topic.OUTCOME]
        return self.routed(session, question)

    def _serve(self, asserted: Assertion, tracker: Tracker, memory: Memory) -> Memory:
        language = _language(tracker, memory)
        try:
            answer = self._answered(asserted, tracker, memory, language)
        except ServiceError as unmet:
            return self._tell(asserted, memory, unmet, language)
        return replace(answer.memory, language=answer.language or language)

    def _answered(
        self, asserted: Assertion, tracker: Tracker, memory: Memory, language: Language
    ) -> Answer:
        """Answer while nobody waits; the transaction that writes begins when all is known."""
        resources = self.desk.resources
        with ExitStack() as turn:
            with resources.store.read() as session:
                self.desk.answered.refresh(session)
                turn.enter_context(resources.content.held())
                turn.enter_context(resources.model.held())
                question = pointed(self._question(session, asserted, tracker, memory, language))
                action = self._routed(session, question)
                answer = None if action.writes else _answer_of(action, session, question)
                added = list(session.new)
                session.expunge_all()
            with resources.store.begin() as session:
                session.add_all(added)
                answer = answer or _answer_of(action, session, question)
                spoken = answer.language or language
                self._write(session, asserted, answer.blocks, spoken, answer.entries)
        return answer

    def _question(
        self,
        session: Session,
        asserted: Assertion,
        tracker: Tracker,
        memory: Memory,
        language: Language,
    ) -> Question:
        message = tracker.latest_message
        return Question(
            employee=find_employee(session, asserted.employee_id),
            conversation_id=asserted.conversation_id,
            turn_id=asserted.turn_id,
            text="" if _is_button(tracker) else str(message.get("text") or ""),
            language=language,
            intent=str((message.get("intent") or {}).get("name") or ""),
            choices={e["entity"]: str(e["value"]) for e in message.get("entities") or ()},
            memory=memory,
            today=self.desk.resources.today(),
        )

    def _tell(
        self,
        asserted: Assertion,
        memory: Memory,
        unmet: ServiceError,
        language: Language,
    ) -> Memory:
        """Answer with what is missing or refused; a refusal goes to the audit log."""
        before = memory.pending.topic if memory.pending else memory.topic
        topic = unmet.topic or self.topic or before
        blocks, remembered = Asking(self.desk.words, language, memory, topic).reply_to(unmet)
        with self.desk.resources.store.begin() as session:
            if unmet.refused is not None:
                audit.record(
                    session,
                    at=self.desk.clock(),
                    actor=asserted.employee_id,
                    action=self.name(),
                    subject=unmet.refused,
                    outcome="refused",
                    detail={"turn": asserted.turn_id},
                )
            self._write(session, asserted, blocks, language)
        return replace(remembered, language=language)

    def _apologise(self, asserted: Assertion, tracker: Tracker, memory: Memory) -> None:
        language = _language(tracker, memory)
        note = Note(self.desk.words.say(language, "failure.internal"), "warning")
        body = self.desk.writer.body(Reply((note,), language, failed=True), "")
        try:
            with self.desk.resources.store.begin() as session:
                log.fail_turn(
                    session, asserted.turn_id, asserted.conversation_id, body, self.desk.clock()
                )
        except TurnClosed:
            self._log.info("turn.already_closed", turn=asserted.turn_id)

    def _write(
        self,
        session: Session,
        asserted: Assertion,
        blocks: Sequence[Block],
        language: Language,
        entries: Sequence[str] = (),
    ) -> None:
        body = self.desk.writer.body(Reply(blocks, language), asserted.conversation_id)
        body["entries"] = list(entries)
        log.answer_turn(
            session,
            asserted.turn_id,
            asserted.conversation_id,
            body,
            self.desk.clock(),
            attachments(blocks),
        )


def _answer_of(action: BankAction, session: Session, question: Question) -> Answer:
    """Let an action answer; what it lacks is asked for in its name, whoever passed it on."""
    try:
        return action.answer(session, question)
    except ServiceError as unmet:
        unmet.topic = unmet.topic or action.topic
        raise


def _is_button(tracker: Tracker) -> bool:
    return str(tracker.latest_message.get("text") or "").startswith("/")


def _language(tracker: Tracker, memory: Memory) -> Language:
    fallback: Language = memory.language or "zh"
    # Whoever is writing an answer in both languages is spoken to in one of them throughout.
    writing = memory.pending is not None and memory.pending.topic is Topic.GAPS
    if writing or _is_button(tracker):
        return fallback
    return detect(str(tracker.latest_message.get("text") or ""), fallback)


def _changes(before: Memory, after: Memory) -> list[dict[str, Any]]:
    old, new = before.slots(), after.slots()
    return [SlotSet(name, value) for name, value in new.items() if value != old[name]]
