"""A bad tariff dropped in while people ask changes nothing for them, and its owner is told why."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.support.chat import ChatClient, parsed
from tests.support.installation import RunningAssistant, running_assistant
from tests.support.seed import ROOT

QUESTION = "对公账户跨行柜台转账80万手续费多少"
BRACKETS = "10000:5|100000:10|500000:15|1000000:20|*:0.002%<=200"
BAD = BRACKETS.replace("1000000:20", "400000:20")
GOOD = BRACKETS.replace("1000000:20", "1000000:19")
WAIT_SECONDS = 120.0


@dataclass(slots=True)
class Installation:
    """An assistant over a content folder that a test may change."""

    assistant: RunningAssistant
    content: Path

    def replace(self, old: str, new: str) -> None:
        """Change the tariff as a spreadsheet program does: a new file in the place of the old."""
        path = self.content / "tariff.csv"
        text = path.read_text("utf-8")
        assert old in text
        fresh = path.with_suffix(".new")
        fresh.write_text(text.replace(old, new, 1), "utf-8")
        fresh.replace(path)

    def owners(self) -> list[str]:
        query = "SELECT employee_id FROM employees WHERE role = 'knowledge_owner'"
        with closing(sqlite3.connect(self.assistant.store_path)) as store:
            return [row[0] for row in store.execute(query)]

    def told(self, owner: str) -> str:
        """Return everything that an owner reads in the chat; owners ask nothing here."""
        chat = self.assistant.sign_in(owner)
        return "\n".join(parsed(message).text for message in chat.history())


@dataclass(slots=True)
class Asking:
    """Somebody who asks the same thing again and again, and what came back."""

    chat: ChatClient
    figures: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        while not self.ending.is_set():
            (reply,) = self.chat.ask(QUESTION)
            self.figures += [block["value"] for block in reply.of_type("figure")]
            if reply.failed or not reply.of_type("figure"):
                self.broken.append(reply.text)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    content = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(ROOT / "knowledge" / "content", content)
    with running_assistant(RM_CONTENT=str(content)) as assistant:
        yield Installation(assistant, content)


def until(seen: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not seen():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def figure(chat: ChatClient) -> str:
    (reply,) = chat.ask(QUESTION)
    return str(reply.of_type("figure")[0]["value"])


def test_a_bad_tariff_changes_nothing_and_a_good_one_goes_live_without_a_restart(
    installation: Installation,
) -> None:
    assistant = installation.assistant
    service = assistant.pid_of("service")
    people = [Asking(assistant.sign_in(employee)) for employee in ("E0007", "E0008")]
    threads = [threading.Thread(target=person.ask) for person in people]
    for thread in threads:
        thread.start()
    owners = installation.owners()
    assert len(owners) == 2

    installation.replace(BRACKETS, BAD)
    until(lambda: all("tariff.csv:3" in installation.told(o) for o in owners), "nobody was told")
    for owner in owners:
        assert "brackets" in installation.told(owner)
        assert "500000:15|400000:20" in installation.told(owner)
    answered = [len(person.figures) for person in people]
    until(
        lambda: all(len(p.figures) > n for p, n in zip(people, answered, strict=True)),
        "questions are no longer answered",
    )
    for person in people:
        person.ending.set()
    for thread in threads:
        thread.join()
    for person in people:
        assert person.broken == []
        assert set(person.figures) == {"¥20.00"}

    installation.replace(BAD, GOOD)
    chat = people[0].chat
    until(lambda: figure(chat) == "¥19.00", f"not live: {assistant.said()}")
    assert assistant.pid_of("service") == service
    until(
        lambda: all("已经生效" in installation.told(o) for o in owners), "the owners were not told"
    )


def test_a_page_shows_what_changed_and_only_to_who_is_signed_in(
    installation: Installation,
) -> None:
    chat = installation.assistant.sign_in("E0007").http
    page = chat.get("/api/tariff/T002")
    assert page.status_code == httpx.codes.OK
    told = str(page.json())
    assert "1000000:20" in told
    assert "1000000:19" in told
    assert chat.get("/api/tariff/T999").status_code == httpx.codes.NOT_FOUND
    for headers in ({}, {"authorization": "Bearer nonsense"}):
        url = installation.assistant.url
        refused = httpx.get(f"{url}/api/tariff/T002", headers=headers)
        assert refused.status_code == httpx.codes.UNAUTHORIZED
        shell = httpx.get(f"{url}/tariff/T002", headers=headers)
        assert shell.status_code == httpx.codes.OK
        assert "1000000" not in shell.text
        assert "script-src 'self'" in shell.headers["content-security-policy"]


def test_an_entry_for_leaders_is_no_page_for_others(installation: Installation) -> None:
    manager, leader = (
        installation.assistant.sign_in(employee).http for employee in ("E0007", "E0001")
    )
    path = "/api/entries/approve-consultation"
    assert leader.get(path).status_code == httpx.codes.OK
    hidden, missing = manager.get(path), manager.get("/api/entries/no-such-entry")
    assert (hidden.status_code, missing.status_code) == (httpx.codes.NOT_FOUND,) * 2
    assert hidden.json() == missing.json()
