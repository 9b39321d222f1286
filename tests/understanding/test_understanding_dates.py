"""Dates and periods are read as people write them, from the day given, and nothing else is."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import dateparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.dates import find_periods

TODAY = date(2026, 11, 25)  # a Wednesday
with Path(__file__).with_name("dates.csv").open(encoding="utf-8", newline="") as _lines:
    TABLE = [(row["text"], row["first"], row["last"]) for row in csv.DictReader(_lines)]
NO_DATE = [
    "", "😀", "80万", "5万", "C000123", "3个月定期", "贷款20年", "30年期", "一月一次", "三笔",
    "5号窗口", "may i transfer 5000", "march in", "he sat down", "5 transfers of 20k", "2024",
    "R3", "3%", "10:30", "6222021234567890123", "last", "this one", "early", "end of it",
    "13812345678", "2月30日", "30 February 2025", "2025-02-30", "2025-13-01", "周转资金", "月供",
    "日常", "中间业务", "七天通知存款", "the next client", "a quarter of a million",
    "half a million", "同期", "third party", "sun life", "天天利", "年费", "季季赢", "月月盈",
    "the last one", "year", "quarter", "一年期", "5 years",
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), TABLE)
def test_a_period_is_read_from_its_first_to_its_last_day(text: str, first: str, last: str) -> None:
    (period,) = find_periods(text, TODAY)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert find_periods(text, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月到期", "2026-12-01", "2026-12-31"),
        ("3月5号到期的", "2027-03-05", "2027-03-05"),
        ("11月", "2026-11-01", "2026-11-30"),
        ("due in March", "2027-03-01", "2027-03-31"),
        ("周五", "2026-11-27", "2026-11-27"),
        ("due in Q1", "2027-01-01", "2027-03-31"),
        ("去年三月", "2025-03-01", "2025-03-31"),
    ],
)
def test_a_name_without_its_year_may_lie_ahead(text: str, first: str, last: str) -> None:
    (period,) = find_periods(text, TODAY, "future")
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_several_periods_come_in_the_order_of_the_text_with_their_places() -> None:
    text = "今年３月比去年同期，还有last quarter"
    periods = find_periods(text, TODAY)
    assert [text[p.start : p.end] for p in periods] == ["今年３月", "去年同期", "last quarter"]


@pytest.mark.parametrize(
    "text",
    [
        "5th of November 2024", "Nov 5, 2024", "March 5th", "1 March 2025", "yesterday",
        "2 weeks ago", "the day before yesterday", "a year ago", "twenty days ago",
        "last Friday", "three months ago", "in 3 days", "2025-03-01", "2025.3.1", "tomorrow",
    ],
)  # fmt: skip
@given(shift=st.integers(min_value=0, max_value=4000))
def test_english_days_agree_with_an_independent_reader(text: str, shift: int) -> None:
    today = date(2020, 1, 1) + timedelta(days=shift)
    (period,) = find_periods(text, today)
    base = datetime(today.year, today.month, today.day)  # noqa: DTZ001  # the reader takes no zone here
    counted_from = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    expected = dateparser.parse(text, languages=["en"], settings=counted_from)
    assert expected is not None
    assert (period.first, period.last) == (expected.date(), expected.date())


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_whole_date_is_read_the_same_however_it_is_written(day: date) -> None:
    written = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
    )
    for text in written:
        (period,) = find_periods(text, TODAY)
        assert (period.first, period.last) == (day, day)


@given(st.text(max_size=80), st.dates())
def test_any_text_on_any_day_is_read_without_an_error(text: str, today: date) -> None:
    for period in find_periods(text, today):
        assert 0 <= period.start < period.end <= len(text)
        assert period.first <= period.last
