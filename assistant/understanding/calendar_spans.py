"""Stretches of the calendar: years, halves, quarters, months, weeks and their parts."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

type Unit = Literal["year", "half", "quarter", "month", "week", "day"]
type Part = Literal["start", "middle", "end", "early", "mid", "late"]

MONTHS_IN: dict[Unit, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_DAYS_IN: dict[Unit, int] = {"week": 7, "day": 1}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both counted in."""

    first: date
    last: date


def numbered(unit: Unit, year: int, number: int = 1) -> Span:
    """Return the nth year (of one), half, quarter or month of a year, from 1."""
    months = MONTHS_IN[unit]
    first = date(year, months * (number - 1) + 1, 1)
    return Span(first, _month_end(_months_later(first, months - 1)))


def containing(day: date, unit: Unit) -> Span:
    """Return the calendar unit that a day lies in; weeks begin on Monday."""
    if unit == "day":
        return Span(day, day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    return numbered(unit, day.year, (day.month - 1) // MONTHS_IN[unit] + 1)


def moved(day: date, unit: Unit, count: float) -> date:
    """Return the day so many units later, or earlier when `count` is negative.

    A day that its month does not have becomes the last of the month; half a month is 15 days.
    """
    if unit in _DAYS_IN:
        return day + timedelta(days=round(count * _DAYS_IN[unit]))
    months = count * MONTHS_IN[unit]
    rest = timedelta(days=round((months - int(months)) * 30))
    return _months_later(day, int(months)) + rest


def part_of(span: Span, part: Part) -> Span:
    """Return the first, middle or last day of a span, or its early, middle or late third."""
    if part == "start":
        return Span(span.first, span.first)
    if part == "end":
        return Span(span.last, span.last)
    days = (span.last - span.first).days + 1
    if part == "middle":
        middle = date(span.first.year, 6, 30) if days > 300 else span.first + timedelta(14)
        return Span(middle, middle)
    return _third(span, ("early", "mid", "late").index(part), days)


def _third(span: Span, third: int, days: int) -> Span:
    if days <= 31:  # ten days each, the last third as long as it must be
        first = span.first + timedelta(days=10 * third)
        return Span(first, span.last if third == 2 else first + timedelta(days=9))
    months = round(days / 30.4) // 3
    first = _months_later(span.first, months * third)
    return Span(first, _months_later(first, months) - timedelta(days=1))


def _months_later(day: date, count: int) -> date:
    later: date = day + relativedelta(months=count)
    return later


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
