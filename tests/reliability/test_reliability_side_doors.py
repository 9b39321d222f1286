"""Nobody gets an answer, or writes anything, past the service's own door."""

import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from assistant.identity import Assertion, Signer
from tests.support.installation import RunningAssistant

VICTIM = "web:E0007:main"
QUESTION = "方梓持有哪些产品"
WRITTEN = (
    "turns",
    "messages WHERE turn_id IS NOT NULL",  # others are told whenever there is something to tell
    "spent_buttons",
    "expert_requests",
)


def written(assistant: RunningAssistant) -> list[int]:
    """Return how many rows the conversations have."""
    with closing(sqlite3.connect(f"file:{assistant.store_path}?mode=ro", uri=True)) as store:
        counts = [store.execute(f"SELECT count(*) FROM {rows}") for rows in WRITTEN]
        return [count.fetchone()[0] for count in counts]


def forged() -> str:
    signer = Signer("not-the-secret-of-this-installation-at-all", clock=lambda: datetime.now(UTC))
    return signer.assertion(Assertion("E0007", "web", VICTIM, uuid.uuid4().hex))


def post_to_rasa(assistant: RunningAssistant, message: str, metadata: dict[str, Any]) -> str:
    body = {"sender": VICTIM, "message": message, "metadata": metadata}
    address = f"{assistant.dialogue_url}/webhooks/rest/webhook"
    return httpx.post(address, json=body, timeout=90.0).text


@pytest.mark.parametrize("message", [QUESTION, "/show_holdings", '/recommend{"client":"C000075"}'])
@pytest.mark.parametrize("with_forged", [False, True], ids=["without", "forged"])
def test_a_post_straight_to_the_dialogue_says_and_writes_nothing(
    assistant: RunningAssistant, message: str, with_forged: bool
) -> None:
    before = written(assistant)
    answer = post_to_rasa(assistant, message, {"assertion": forged()} if with_forged else {})
    assert "custom" not in answer
    assert "方梓" not in answer
    assert written(assistant) == before


def test_an_assertion_lent_to_another_conversation_writes_nothing(
    assistant: RunningAssistant,
) -> None:
    """Even a genuine assertion is good in its own conversation only."""
    signer = Signer(assistant.secrets["RM_SIGNING_KEY"])
    lent = signer.assertion(Assertion("E0008", "web", "web:E0008:main", uuid.uuid4().hex))
    before = written(assistant)
    post_to_rasa(assistant, QUESTION, {"assertion": lent})
    assert written(assistant) == before


def action_call(assertion: str) -> dict[str, Any]:
    return {
        "next_action": "action_show_holdings",
        "sender_id": VICTIM,
        "tracker": {
            "sender_id": VICTIM,
            "slots": {},
            "latest_message": {"text": QUESTION, "metadata": {"assertion": assertion}},
            "events": [],
            "latest_input_channel": "rest",
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        },
        "domain": {},
    }


@pytest.mark.parametrize("token", ["", "wrong", "错"])
def test_actions_run_for_the_dialogue_only(assistant: RunningAssistant, token: str) -> None:
    before = written(assistant)
    address = f"{assistant.url}/internal/actions"
    answer = httpx.post(address, params={"token": token}, json=action_call(forged()))
    assert answer.status_code == httpx.codes.FORBIDDEN
    assert written(assistant) == before


def test_the_dialogue_itself_cannot_act_without_an_assertion(assistant: RunningAssistant) -> None:
    before = written(assistant)
    token = assistant.secrets["RM_ACTION_TOKEN"]
    for assertion in ("", forged()):
        answer = httpx.post(
            f"{assistant.url}/internal/actions",
            params={"token": token},
            json=action_call(assertion),
        )
        assert answer.status_code == httpx.codes.UNAUTHORIZED
    assert written(assistant) == before


def test_the_dialogue_process_does_not_hold_the_signing_key(assistant: RunningAssistant) -> None:
    """Whoever takes over the dialogue process still cannot sign an identity."""
    pid = assistant.pid_of("dialogue")
    with open(f"/proc/{pid}/environ", "rb") as environ:  # noqa: PTH123
        held = environ.read().decode()
    assert assistant.secrets["RM_SIGNING_KEY"] not in held
    assert assistant.secrets["RM_ACTION_TOKEN"] in held
