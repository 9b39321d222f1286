"""The running service takes other versions of the model into use and refuses what is damaged."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from recommender.registry import Registry
from tests.conversations.people import People
from tests.support.chat import ChatClient
from tests.support.installation import RunningAssistant
from tests.support.model_versions import DAMAGES, another
from tests.support.seed import ROOT, clean_environment

_SWAP_SECONDS = 120.0
_QUESTION = "给{name}推荐产品"


@pytest.fixture
def registry(breakable: RunningAssistant) -> Registry:
    return Registry(breakable.var / "models" / "recommender")


@pytest.fixture
def chat(breakable: RunningAssistant) -> ChatClient:
    return breakable.sign_in("E0005")


def client_name(breakable: RunningAssistant) -> str:
    """Return the name of a client of E0005's."""
    people = People(breakable.store_path)
    own = [one for one in people.clients if one.manager_id == "E0005" and one.kind == "personal"]
    return own[0].name


def answering(breakable: RunningAssistant) -> str:
    state = httpx.get(f"{breakable.url}/health", timeout=60).json()
    return str(state.get("model"))


def until(condition: Callable[[], bool]) -> None:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < _SWAP_SECONDS
        time.sleep(0.2)


def command(breakable: RunningAssistant, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env=clean_environment(breakable.var, {"RM_PORT": breakable.url.rsplit(":", 1)[1]}),
        capture_output=True,
        text=True,
        check=False,
    )


def unbroken(text: str) -> str:
    """Take out all spaces, as a terminal breaks lines."""
    return "".join(text.split())


def log_of(breakable: RunningAssistant) -> str:
    return (breakable.var / "log" / "service.log").read_text(encoding="utf-8")


def test_another_version_is_taken_into_use_without_a_restart_or_a_lost_turn(
    breakable: RunningAssistant, registry: Registry, chat: ChatClient
) -> None:
    """By command, logged with who and why; turns asked meanwhile are all answered; and back."""
    known = registry.in_use()
    assert known is not None
    another(registry, "another-version")
    process, name = breakable.pid_of("service"), client_name(breakable)
    answers: list[str] = []

    def ask() -> None:
        for _ in range(6):
            replies = chat.ask(_QUESTION.format(name=name))
            answers.append("\n".join(reply.text for reply in replies))

    asking = threading.Thread(target=ask)
    asking.start()
    said = ("--by", "E0001", "--because", "tried on a copy")
    used = command(breakable, "models", "use", "another-version", *said)
    assert used.returncode == 0, used.stderr
    until(lambda: answering(breakable) == "another-version")
    asking.join()
    assert len(answers) == 6
    assert all("another-version" in text or known.version in text for text in answers)
    assert "another-version" in chat.ask(_QUESTION.format(name=name))[-1].text
    back = command(breakable, "models", "rollback", "--by", "E0001", "--because", "enough")
    assert back.returncode == 0, back.stderr
    until(lambda: answering(breakable) == known.version)
    assert breakable.pid_of("service") == process


def test_why_is_answered_by_the_version_that_made_the_suggestion(
    breakable: RunningAssistant, registry: Registry, chat: ChatClient
) -> None:
    """And where that version is two steps back, it is said that the model has changed."""
    known = registry.in_use()
    assert known is not None
    now = datetime.now(UTC)
    name = client_name(breakable)
    assert known.version in chat.ask(_QUESTION.format(name=name))[-1].text
    another(registry, "why-one")
    registry.use("why-one", "test", "", now)
    until(lambda: answering(breakable) == "why-one")
    told = chat.ask("为什么")[-1].text
    assert known.version in told
    assert "换了版本" not in told
    another(registry, "why-two")
    registry.use("why-two", "test", "", now)
    until(lambda: answering(breakable) == "why-two")
    told = chat.ask("为什么")[-1].text
    assert "why-two" in told
    assert "换了版本" in told
    registry.use(known.version, "test", "", now)
    until(lambda: answering(breakable) == known.version)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_version_that_cannot_be_used_is_refused_and_the_one_in_use_keeps_answering(
    breakable: RunningAssistant, registry: Registry, chat: ChatClient, damage: str
) -> None:
    """Refused by the command; put into use all the same, by the service, and its log says why."""
    before = answering(breakable)
    version = f"damaged-{damage}"
    spoil, why = DAMAGES[damage]
    spoil(another(registry, version))
    asked = command(breakable, "models", "use", version, "--by", "E0001", "--because", "x")
    assert asked.returncode == 1
    assert why in asked.stderr
    registry.use(version, "E0001", "pointed at by hand", datetime.now(UTC))
    until(lambda: f'"version": "{version}"' in log_of(breakable))
    line = next(
        line for line in log_of(breakable).splitlines() if f'"version": "{version}"' in line
    )
    assert "model.refused" in line
    assert why in line
    assert answering(breakable) == before
    assert before in chat.ask(_QUESTION.format(name=client_name(breakable)))[-1].text
    registry.roll_back("test", "", datetime.now(UTC))
    until(lambda: answering(breakable) == before)


def test_the_doctor_and_the_list_name_a_version_in_use_that_cannot_be_used(
    breakable: RunningAssistant, registry: Registry
) -> None:
    spoil, why = DAMAGES["broken"]
    spoil(another(registry, "unusable"))
    registry.use("unusable", "E0001", "pointed at by hand", datetime.now(UTC))
    until(lambda: '"version": "unusable"' in log_of(breakable))
    examined = command(breakable, "doctor", "--language", "en")
    assert examined.returncode == 1
    assert unbroken(why) in unbroken(examined.stdout + examined.stderr)
    listed = command(breakable, "models", "list", "--json")
    assert why in listed.stdout
    assert '"refused_in_use"' in listed.stdout
    registry.roll_back("test", "", datetime.now(UTC))


def test_a_service_that_starts_on_a_damaged_version_answers_with_the_one_before(
    breakable: RunningAssistant, registry: Registry, chat: ChatClient
) -> None:
    known = registry.in_use()
    assert known is not None
    DAMAGES["missing"][0](another(registry, "gone-at-start"))
    registry.use("gone-at-start", "test", "", datetime.now(UTC))
    until(lambda: '"version": "gone-at-start"' in log_of(breakable))
    breakable.wait_until_back("service", breakable.kill("service"))
    assert answering(breakable) == known.version
    assert known.version in chat.ask(_QUESTION.format(name=client_name(breakable)))[-1].text
    registry.roll_back("test", "", datetime.now(UTC))
