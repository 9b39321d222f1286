"""Processes killed in the middle of work lose nothing that was taken."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from tests.support.crowd import Crowd, Sent
from tests.support.installation import RunningAssistant

MANAGERS = [f"E{number:04}" for number in range(5, 13)]
QUESTION = "个人柜台跨行转账6万元手续费"
KILL_AFTER = 40


def two_hundred() -> list[tuple[str, str]]:
    return [(MANAGERS[n % len(MANAGERS)], QUESTION) for n in range(200)]


def killing(
    assistant: RunningAssistant, name: Literal["dialogue", "service"]
) -> Callable[[Crowd], Awaitable[None]]:
    async def kill(crowd: Crowd) -> None:
        async with asyncio.timeout(crowd.patience):
            while crowd.answered < KILL_AFTER:
                await asyncio.sleep(0.01)
        await asyncio.to_thread(assistant.kill, name)

    return kill


def rows(path: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def turns_of(path: Path, sent: list[Sent]) -> list[tuple[str, str, str]]:
    """Return (message id, conversation, status) of the turns these messages made."""
    mine = {one.message_id for one in sent}
    query = "SELECT message_id, conversation_id, status FROM turns"
    return [row for row in rows(path, query) if row[0] in mine]


def roles_in_order(path: Path, employee_id: str) -> list[tuple[str, str]]:
    """Return (turn, role) of a conversation's messages in the order they were written."""
    query = "SELECT turn_id, role FROM messages WHERE conversation_id = ? ORDER BY id"
    return [(turn, role) for turn, role in rows(path, query, f"web:{employee_id}:main")]


def answers_in_order(path: Path, employee_id: str, statuses: set[str]) -> None:
    """Require one answer a turn, and the answers in the order of what was asked."""
    status = dict(rows(path, "SELECT turn_id, status FROM turns"))
    said = [pair for pair in roles_in_order(path, employee_id) if status[pair[0]] in statuses]
    asked = [turn for turn, role in said if role == "user"]
    answered = [turn for turn, role in said if role == "assistant"]
    assert answered == asked


def every_message_came_back_once(path: Path, sent: list[Sent]) -> Counter[str]:
    lost = [one for one in sent if len(one.replies) != 1]
    assert not lost, f"{len(lost)} of {len(sent)} without one reply, such as {lost[:2]}"
    turns = turns_of(path, sent)
    assert len(turns) == len(sent), "each message made exactly one turn"
    told = {one.message_id: one.replies[0]["failed"] for one in sent}
    assert all((status == "failed") == told[message_id] for message_id, _, status in turns)
    return Counter(status for _, _, status in turns)


def test_a_hundred_messages_at_once_into_one_conversation_are_answered_in_order(
    assistant: RunningAssistant,
) -> None:
    """Of an assistant that gives each its time: the last of them waits for all the others."""
    crowd = Crowd(assistant.url, at_once=100)
    sent = asyncio.run(crowd.send_all([("E0013", QUESTION)] * 100))
    assert every_message_came_back_once(assistant.store_path, sent) == {"answered": 100}
    answers_in_order(assistant.store_path, "E0013", {"answered"})


def test_the_dialogue_killed_among_200_messages_loses_none(breakable: RunningAssistant) -> None:
    crowd, before = Crowd(breakable.url), breakable.pid_of("dialogue")
    sent = asyncio.run(crowd.send_all(two_hundred(), killing(breakable, "dialogue")))
    outcome = every_message_came_back_once(breakable.store_path, sent)
    assert outcome["answered"] + outcome["failed"] == 200
    for manager in MANAGERS:
        answers_in_order(breakable.store_path, manager, {"answered", "failed"})
    assert before is not None
    breakable.wait_until_back("dialogue", before)
    later = breakable.sign_in("E0014").ask(QUESTION)
    assert [reply.failed for reply in later] == [False]


def test_the_service_killed_among_200_messages_loses_none(breakable: RunningAssistant) -> None:
    crowd, before = Crowd(breakable.url), breakable.pid_of("service")
    sent = asyncio.run(crowd.send_all(two_hundred(), killing(breakable, "service")))
    outcome = every_message_came_back_once(breakable.store_path, sent)
    assert outcome["answered"] >= KILL_AFTER
    assert before is not None
    breakable.wait_until_back("service", before)
    no_turn_stays_open(breakable)
    for manager in MANAGERS:
        answers_in_order(breakable.store_path, manager, {"answered"})
    assert rows(breakable.store_path, "PRAGMA integrity_check") == [("ok",)]
    later = breakable.sign_in("E0014").ask(QUESTION)
    assert [reply.failed for reply in later] == [False]


def no_turn_stays_open(assistant: RunningAssistant, seconds: float = 120.0) -> None:
    query = "SELECT count(*) FROM turns WHERE status IN ('received', 'running')"
    deadline = time.monotonic() + seconds
    while (left := rows(assistant.store_path, query)[0][0]) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert left == 0
