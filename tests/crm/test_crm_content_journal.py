"""The journal tells what went live when, and of every item what became different."""

from datetime import UTC, date, datetime, timedelta

from crm.content_journal import (
    JournalItem,
    changes_between,
    changes_of,
    newest_version,
    record_version,
)
from crm.store.engine import create_store

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 25)


def entry(item_id, by="", **fields):
    return JournalItem("entry", item_id, "zh", fields, by)


def record(store, fingerprint, items, days=0):
    with store.begin() as session:
        later = timedelta(days=days)
        return record_version(session, fingerprint, items, AT + later, DAY + later)


def test_the_first_content_is_no_change(bank):
    version = record(bank, "f1", [entry("a", title="A"), entry("b", title="B")])
    assert (version.number, version.changes) == (1, 0)
    with bank.read() as session:
        assert changes_between(session, DAY, DAY) == []


def test_the_same_content_is_written_once(bank):
    assert record(bank, "f1", [entry("a", title="A")]) is not None
    assert record(bank, "f1", [entry("a", title="A")]) is None
    with bank.read() as session:
        assert newest_version(session).number == 1


def test_a_changed_field_is_told_with_both_sides_and_its_author(bank):
    record(bank, "f1", [entry("a", title="A", phone="1")])
    record(bank, "f2", [entry("a", "李甲", title="A", phone="2")], days=1)
    with bank.read() as session:
        (change,) = changes_of(session, "entry", "a")
    assert (change.field, change.before, change.after) == ("phone", "1", "2")
    assert (change.by, change.on) == ("李甲", DAY + timedelta(days=1))


def test_items_come_and_go(bank):
    record(bank, "f1", [entry("a", title="A")])
    record(bank, "f2", [entry("b", title="B")], days=1)
    with bank.read() as session:
        changes = changes_between(session, DAY + timedelta(days=1), DAY + timedelta(days=1))
        assert {(c.item_id, c.before, c.after) for c in changes} == {
            ("a", "", None),
            ("b", None, ""),
        }


def test_content_that_returns_is_a_new_version(bank):
    record(bank, "f1", [entry("a", title="A")])
    record(bank, "f2", [entry("a", title="B")], days=1)
    version = record(bank, "f1", [entry("a", title="A")], days=2)
    assert (version.number, version.changes) == (3, 1)


def test_changes_of_a_period_count_both_of_its_days(bank):
    record(bank, "f0", [entry("a", title="0")])
    for day in range(1, 5):
        record(bank, f"f{day}", [entry("a", title=str(day))], days=day)
    with bank.read() as session:
        told = changes_between(session, DAY + timedelta(days=2), DAY + timedelta(days=3))
    assert [change.after for change in told] == ["3", "2"]


def test_more_items_than_one_statement_takes(bank):
    many = [entry(f"e{number}", title="x") for number in range(950)]
    record(bank, "f1", many)
    changed = [entry(f"e{number}", title="y") for number in range(950)]
    assert record(bank, "f2", changed).changes == 950


def test_a_number_taken_meanwhile_is_not_written_twice(bank, store_url):
    """Two processes that read the same newest version: one writes, the other does nothing."""
    record(bank, "f1", [entry("a", title="A")])
    other = create_store(store_url)
    assert record(other, "f2", [entry("a", title="B")]).number == 2
    assert record(bank, "f2", [entry("a", title="B")]) is None
    other.close()
    with bank.read() as session:
        assert len(changes_of(session, "entry", "a")) == 1
