"""The outbox loses nothing, writes a cause's message once, and gives a row to one deliverer."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from crm import outbox
from crm.errors import ClaimLost
from crm.outbox import Outgoing
from crm.store.engine import create_store
from crm.store.tables.outbox import Outbox

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def _message(key="k1", **changes):
    given = {"employee_id": "E0002", "caused_by": "test:1", "body": {"kind": "x", "values": {}}}
    return Outgoing(dedup_key=key, **(given | changes))


def _enqueue(store, *messages, at=NOW):
    with store.begin() as session:
        return [outbox.enqueue(session, message, at) for message in messages]


def _claim(store, at=NOW, limit=10):
    with store.begin() as session:
        return outbox.claim(session, at, limit=limit)


def _deliver(store, message, at=NOW):
    with store.begin() as session:
        outbox.delivered(session, message, at)


def _later(**time):
    return NOW + timedelta(**time)


def test_a_message_is_gone_when_its_cause_is_rolled_back(bank):
    """Cause and message share one transaction."""

    def break_after_writing():
        with bank.begin() as session:
            outbox.enqueue(session, _message(), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_after_writing()
    assert _claim(bank) == []


def test_the_same_cause_writes_one_message(bank):
    """A repeated key is told as not new, and leaves the transaction usable."""
    assert _enqueue(bank, _message("a"), _message("a"), _message("b")) == [True, False, True]
    assert _enqueue(bank, _message("a")) == [False]
    assert [message.dedup_key for message in _claim(bank)] == ["a", "b"]


def test_a_delivered_message_is_never_claimed_again(bank):
    """Not even long after."""
    _enqueue(bank, _message())
    [message] = _claim(bank)
    _deliver(bank, message)
    assert _claim(bank, _later(days=30)) == []


def test_a_message_is_not_told_before_it_is_due(bank):
    """A reminder written now for tomorrow waits until tomorrow, and is not counted as late."""
    _enqueue(bank, _message(due_at=_later(days=1)))
    assert _claim(bank, _later(hours=23)) == []
    with bank.read() as session:
        assert outbox.waiting(session, NOW).count == 0
        assert outbox.waiting(session, _later(days=2)) == outbox.Waiting(1, _later(days=1))
    assert len(_claim(bank, _later(days=1))) == 1


def test_a_claimed_message_belongs_to_nobody_else_until_the_lease_ends(bank):
    """An orphan is taken again within fifteen seconds, and counts as another attempt."""
    _enqueue(bank, _message())
    [first] = _claim(bank)
    assert _claim(bank, _later(seconds=9)) == []
    [second] = _claim(bank, _later(seconds=15))
    assert (first.attempt, second.attempt) == (1, 2)


def test_a_deliverer_that_lost_its_claim_cannot_mark_the_message(bank):
    """Whoever was too slow is told, and what it wrote with the mark is rolled back."""
    _enqueue(bank, _message())
    [slow] = _claim(bank)
    [quick] = _claim(bank, _later(seconds=15))
    with pytest.raises(ClaimLost):
        _deliver(bank, slow)
    with pytest.raises(ClaimLost), bank.begin() as session:
        outbox.failed(session, slow, NOW, "late")
    _deliver(bank, quick)
    with pytest.raises(ClaimLost):
        _deliver(bank, quick)


def test_a_failed_message_is_tried_again_after_a_pause_that_doubles(bank):
    """One second, two, four, and ten minutes at most; the reason is kept."""
    _enqueue(bank, _message())
    at, pauses = NOW, []
    for _ in range(12):
        [message] = _claim(bank, at)
        with bank.begin() as session:
            outbox.failed(session, message, at, "no route" * 100)
        pause = 0
        while not _due(bank, at + timedelta(seconds=pause)):
            pause += 1
        pauses.append(pause)
        at += timedelta(seconds=pause)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    with bank.read() as session:
        assert session.scalars(sa.select(Outbox.last_error)).one().startswith("no route")


def test_a_failing_message_does_not_hold_up_the_others(bank):
    """What comes after it is delivered while it waits for its next attempt."""
    _enqueue(bank, _message("bad"), _message("good", due_at=_later(seconds=1)))
    [bad] = _claim(bank)
    with bank.begin() as session:
        outbox.failed(session, bad, NOW, "broken")
    assert [m.dedup_key for m in _claim(bank, _later(seconds=1), limit=1)] == ["bad"]
    assert [m.dedup_key for m in _claim(bank, _later(seconds=1), limit=1)] == ["good"]


def test_what_is_longest_due_comes_first(bank):
    """Messages are claimed in the order in which they were to be told."""
    _enqueue(bank, _message("late", due_at=_later(seconds=2)), _message("early"))
    first, second = _claim(bank, _later(seconds=5))
    assert (first.dedup_key, second.dedup_key) == ("early", "late")


def test_deliverers_side_by_side_never_hold_the_same_message(bank, store_url):
    """Eight claim at once from one heap of two hundred: each message goes to exactly one."""
    _enqueue(bank, *(_message(f"k{number:03}") for number in range(200)))
    claimed, lock, start = [], threading.Lock(), threading.Barrier(8)

    def work():
        store = create_store(store_url)
        start.wait()
        while taken := _claim(store, limit=7):
            with lock:
                claimed.extend(message.dedup_key for message in taken)
        store.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rest = [message.dedup_key for message in _claim(bank, limit=200)]  # skipped while locked
    assert sorted([*claimed, *rest]) == [f"k{number:03}" for number in range(200)]


def _due(store, at):
    with store.read() as session:
        return outbox.any_due(session, at)
