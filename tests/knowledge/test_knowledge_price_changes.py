"""A price that became another is told once, with both rows; so is a new one and one that ended."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.tariff.periods_of_rows import price_changes, same_question
from knowledge.tariff.rows import Tariff

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def tariff(content_root: Path) -> Tariff:
    return Library.load(content_root, TODAY).tariff


def told(tariff: Tariff, first: date, last: date) -> list[tuple[str, str, date]]:
    return [
        (
            change.before.row_id if change.before else "",
            change.after.row_id if change.after else "",
            change.on,
        )
        for change in price_changes(tariff, first, last)
    ]


def test_a_row_that_takes_over_is_one_change(tariff: Tariff) -> None:
    found = told(tariff, date(2025, 12, 1), date(2026, 1, 31))
    assert ("T3", "T4", date(2026, 1, 1)) in found
    assert [change for change in found if "T3" in change[:2]] == [("T3", "T4", date(2026, 1, 1))]


def test_both_ends_of_the_period_count(tariff: Tariff) -> None:
    on = date(2026, 1, 1)
    assert ("T3", "T4", on) in told(tariff, on, on)
    assert ("T3", "T4", on) not in told(tariff, on + DAY, TODAY)
    assert ("T3", "T4", on) not in told(tariff, date(2025, 1, 2), on - DAY)


def test_a_price_without_one_before_is_new(tariff: Tariff) -> None:
    assert ("", "T9", date(2026, 1, 1)) in told(tariff, date(2026, 1, 1), date(2026, 1, 1))


def test_a_price_without_one_after_has_ended_on_the_day_after_its_last(spoil: Spoil) -> None:
    root = spoil("tariff.csv", "2026-01-01,,,,no\nT10", "2026-01-01,2026-06-30,,,no\nT10")
    tariff = Library.load(root, TODAY).tariff
    assert told(tariff, date(2026, 2, 1), TODAY) == [("T9", "", date(2026, 7, 1))]


def test_days_without_a_price_make_an_end_and_a_beginning(spoil: Spoil) -> None:
    tariff = Library.load(spoil("tariff.csv", ",2025-12-31", ",2025-11-30"), TODAY).tariff
    found = told(tariff, date(2025, 11, 1), date(2026, 1, 31))
    assert ("T3", "", date(2025, 12, 1)) in found
    assert ("", "T4", date(2026, 1, 1)) in found


def test_the_prices_of_one_question_are_those_of_its_kind_and_channel(tariff: Tariff) -> None:
    row = next(row for row in tariff.rows if row.row_id == "T4")
    assert [other.row_id for other in same_question(tariff, row)] == ["T4", "T3"]
