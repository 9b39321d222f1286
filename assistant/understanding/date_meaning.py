"""The stretch of days that a date means, told from an explicit today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.understanding.calendar_spans import Span, Unit, containing, moved, numbered, part_of
from assistant.understanding.date_phrases import ALONE, Phrase
from assistant.understanding.date_tokens import Token

type Direction = Literal["past", "future"]

_WEEKEND = 8


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date without its year, or its month, is counted from."""

    today: date
    direction: Direction = "past"
    year: int | None = None
    month: int | None = None


def resolve(phrase: Phrase, anchor: Anchor) -> Span | None:
    """Return the days a phrase means, or nothing when there is no such date."""
    try:
        return _resolved(phrase, anchor)
    except (ValueError, OverflowError):
        return None


def _resolved(phrase: Phrase, anchor: Anchor) -> Span | None:
    first = phrase.tokens[0]
    if first.kind in ALONE:
        return _alone(first, anchor.today)
    span = _whole(phrase, anchor)
    part = phrase.get("part")
    if part is None:
        return span
    if part.unit:  # "year-end", perhaps of a year that was named
        day = anchor.today if span is None else span.last if part.part == "end" else span.first
        span = containing(day, part.unit)
    return None if span is None or part.part is None else part_of(span, part.part)


def _alone(token: Token, today: date) -> Span:
    if token.kind == "date":
        return _written_out(token)
    unit: Unit = token.unit or "day"
    if token.kind == "to_date":
        return Span(containing(today, unit).first, today)
    away = moved(today, unit, token.value)
    if token.kind == "offset":
        return Span(away, away)
    if token.kind == "same_period":
        return Span(containing(away, "year").first, away)
    if token.value < 0:
        return Span(away + timedelta(days=1), today)
    return Span(today, away - timedelta(days=1))


def _written_out(token: Token) -> Span:
    if not token.day:
        return numbered("month", int(token.value), token.month)
    day = date(int(token.value), token.month, token.day)
    return Span(day, day)


def _whole(phrase: Phrase, anchor: Anchor) -> Span | None:
    week, weekday = phrase.get("week"), phrase.get("weekday")
    if week or weekday:
        return _in_week(phrase, anchor)
    year = _year(phrase, anchor)
    day = phrase.get("day")
    month = phrase.get("month")
    if month or day:
        return _in_month(phrase, anchor, year)
    units: tuple[Unit, ...] = ("quarter", "half")
    for unit in units:
        token = phrase.get(unit)
        if token:
            return _named_or_relative(token, unit, year, phrase, anchor)
    several = phrase.get("quarters")
    if several:
        year = year or anchor.year or anchor.today.year
        return Span(date(year, 1, 1), numbered("quarter", year, int(several.value)).last)
    return None if year is None else numbered("year", year)


def _year(phrase: Phrase, anchor: Anchor) -> int | None:
    token = phrase.get("year")
    if token is None:
        return None
    return anchor.today.year + int(token.value) if token.relative else int(token.value)


def _in_week(phrase: Phrase, anchor: Anchor) -> Span:
    week, weekday, turn = phrase.get("week"), phrase.get("weekday"), phrase.get("turn")
    shift = int(week.value) if week else 0
    span = containing(moved(anchor.today, "week", shift), "week")
    if weekday is None:
        return span
    is_weekend = weekday.value == _WEEKEND
    day = span.first + timedelta(days=5 if is_weekend else int(weekday.value) - 1)
    if week is None:
        day = _turned(day, "week", turn, anchor)
    return Span(day, day + timedelta(days=int(is_weekend)))


def _turned(day: date, unit: Unit, turn: Token | None, anchor: Anchor) -> date:
    """Move a day of the present unit to the one before or after today that was meant."""
    wanted = anchor.direction == "future" if turn is None else turn.value > 0
    if turn is not None and turn.value == 0:
        return day
    strict = turn is not None
    if wanted:
        late_enough = day > anchor.today if strict else day >= anchor.today
        return day if late_enough else moved(day, unit, 1)
    early_enough = day < anchor.today if strict else day <= anchor.today
    return day if early_enough else moved(day, unit, -1)


def _in_month(phrase: Phrase, anchor: Anchor, year: int | None) -> Span:
    month, day = phrase.get("month"), phrase.get("day")
    number = (month.day if month else 0) or (int(day.value) if day else 0)
    if month is None:
        span = _month_of(anchor)
    else:
        span = _named_or_relative(month, "month", year, phrase, anchor, number or 1)
    if not number:
        return span
    exact = span.first.replace(day=number)
    return Span(exact, exact)


def _month_of(anchor: Anchor) -> Span:
    if anchor.year and anchor.month:
        return numbered("month", anchor.year, anchor.month)
    return containing(anchor.today, "month")


def _named_or_relative(
    token: Token, unit: Unit, year: int | None, phrase: Phrase, anchor: Anchor, day: int = 1
) -> Span:
    if token.relative:
        return containing(moved(anchor.today, unit, token.value), unit)
    if year is None:
        year = anchor.year or _nearest(token, unit, phrase.get("turn"), anchor, day)
    return numbered(unit, year, int(token.value))


def _nearest(token: Token, unit: Unit, turn: Token | None, anchor: Anchor, day: int) -> int:
    """Return the year that makes a name without one the last begun, or the next to end."""
    today = anchor.today
    span = numbered(unit, today.year, int(token.value))
    if turn is not None:
        beyond = {-1: span.last >= today, 0: False, 1: span.first <= today}[int(turn.value)]
        return today.year + int(turn.value) * beyond
    first = span.first + timedelta(days=day - 1)
    if anchor.direction == "past":
        return today.year - (first > today)
    last = first if day > 1 else span.last
    return today.year + (last < today)
