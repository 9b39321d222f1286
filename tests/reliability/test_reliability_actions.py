"""Whatever an action does, the person has a visible answer in time and nobody else waits."""

import asyncio
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.base import Answer, BankAction, Desk
from assistant.bootstrap import Parts, build
from assistant.identity import Assertion
from assistant.replies.blocks import Text
from assistant.services.question import Question
from assistant.settings import Settings
from assistant.turns import log
from assistant.turns.log import Incoming
from crm.store.session import Session
from tests.support.seed import copy_seed

IMPATIENT, PATIENT = 0.5, 60.0
HERE, NEXT_DOOR = "web:E0007:main", "web:E0008:main"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    var = tmp_path_factory.mktemp("actions")
    copy_seed(var)
    built = build(settings(var), action_token="a-throw-away-token")
    yield built
    asyncio.run(built.close())


def settings(var: Path) -> Settings:
    return Settings(var=var, signing_key="a-throw-away-secret-of-more-than-32-bytes")  # type: ignore[arg-type]  # pydantic wraps it


class Scripted(BankAction):
    """An action whose use case is a test's own."""

    action_name = "action_scripted"  # type: ignore[assignment]  # a name of no real action

    def __init__(self, desk: Desk, script: Callable[[], None], seconds: float) -> None:
        super().__init__(replace(desk, seconds=seconds))
        self._script = script

    def answer(self, session: Session, question: Question) -> Answer:  # noqa: ARG002
        self._script()
        return Answer((Text("done"),), question.memory)


def taken(parts: Parts, conversation: str) -> str:
    """Write a message with its open turn and return the turn."""
    turn_id = uuid.uuid4().hex
    employee = conversation.split(":")[1]
    incoming = Incoming(conversation, turn_id, employee, "web", "hello", "en")
    with parts.store.begin() as session:
        log.open_turn(session, turn_id, incoming, datetime.now(UTC))
    return turn_id


def call(parts: Parts, turn_id: str, conversation: str) -> Tracker:
    employee = conversation.split(":")[1]
    assertion = parts.signer.assertion(Assertion(employee, "web", conversation, turn_id))
    message = {"text": "hello", "metadata": {"assertion": assertion}}
    return Tracker(conversation, {}, message, [], False, None, {}, None)


async def run(
    parts: Parts, script: Callable[[], None], conversation: str, seconds: float = PATIENT
) -> str:
    turn_id = taken(parts, conversation)
    action = Scripted(parts.desk, script, seconds)
    await action.run(CollectingDispatcher(), call(parts, turn_id, conversation), {})
    return turn_id


def last_words(parts: Parts, turn_id: str) -> tuple[str, bool]:
    with parts.store.read() as session:
        _, answer = log.replies(session, turn_id)
    return answer.body["blocks"][0]["text"], answer.body["failed"]


def broken() -> None:
    raise ZeroDivisionError


def test_an_action_that_breaks_apologises_once(parts: Parts) -> None:
    turn_id = asyncio.run(run(parts, broken, HERE))
    assert last_words(parts, turn_id) == (parts.words.say("en", "failure.internal"), True)


def test_an_action_that_works_answers(parts: Parts) -> None:
    turn_id = asyncio.run(run(parts, lambda: None, HERE))
    assert last_words(parts, turn_id) == ("done", False)


class Hanging:
    """A use case that hangs until it is let go."""

    def __init__(self) -> None:
        self.inside, self.released, self.over = (threading.Event() for _ in range(3))

    def __call__(self) -> None:
        self.inside.set()
        self.released.wait(PATIENT)
        self.over.set()


def test_an_action_that_hangs_is_told_and_its_late_answer_is_not_written(parts: Parts) -> None:
    hanging = Hanging()

    async def hang() -> str:
        turn_id = await run(parts, hanging, HERE, IMPATIENT)
        assert not hanging.over.is_set(), "told while the use case still hangs"
        hanging.released.set()
        return turn_id

    turn_id = asyncio.run(hang())  # returns once the use case has ended, too
    assert hanging.over.is_set()
    assert last_words(parts, turn_id) == (parts.words.say("en", "failure.internal"), True)


def test_an_action_that_hangs_keeps_nobody_else_waiting(parts: Parts) -> None:
    """While one use case hangs, another conversation is taken and answered as always."""
    hanging = Hanging()

    async def beside() -> str:
        first = asyncio.create_task(run(parts, hanging, HERE))
        await asyncio.to_thread(hanging.inside.wait, PATIENT)
        turn_id = await run(parts, lambda: None, NEXT_DOOR)
        assert not hanging.over.is_set(), "answered while the other still hangs"
        hanging.released.set()
        await first
        return turn_id

    assert last_words(parts, asyncio.run(beside())) == ("done", False)
