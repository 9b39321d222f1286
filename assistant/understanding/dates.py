"""Dates and periods in a message, told from an explicit today."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from assistant.understanding.calendar_spans import Span
from assistant.understanding.date_meaning import Anchor, Direction, resolve
from assistant.understanding.date_phrases import Phrase, find_phrases
from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a message names.

    Attributes
    ----------
    first, last
        The first and the last day, both counted in. `first` is `date.min` where a message leaves
        the beginning open, as "before August".
    start, end
        Where it stands in the text.
    """

    first: date
    last: date
    start: int
    end: int


def find_periods(text: str, today: date, direction: Direction = "past") -> tuple[Period, ...]:
    """Return the dates and periods a message names, in the order of the text.

    Parameters
    ----------
    today
        The day from which "last month" and the like are counted.
    direction
        Which one a name without its year means: "past" the last that has begun ("how much was it
        in November"), "future" the next that has not ended ("falling due in March").

    Notes
    -----
    Weeks begin on Monday. "The last three months" end today; "last quarter" is the calendar's.
    "Since August" ends today, "before year-end" begins today where it lies ahead. A date that the
    calendar does not have is left out.
    """
    folded, anchor = fold(text), Anchor(today, direction)
    return tuple(_periods(folded, list(find_phrases(folded)), anchor))


def _periods(text: str, phrases: list[Phrase], anchor: Anchor) -> Iterator[Period]:
    while phrases:
        phrase = phrases.pop(0)
        follows = phrases and _ranges(text, phrase, phrases[0])
        span = _between(phrase, phrases[0], anchor) if follows else None
        if span is not None:
            yield Period(span.first, span.last, phrase.start, phrases.pop(0).end)
            continue
        span = resolve(phrase, anchor)
        if span is not None:
            yield _bounded(text, phrase, span, anchor.today)


def _ranges(text: str, one: Phrase, other: Phrase) -> bool:
    between = text[one.end : other.start].strip()
    if _range().fullmatch(between):
        return True
    words = load_words("dates")["between"]
    opened = re.search(rf"{any_of(words['first'])}\s*$", text[: one.start])
    return bool(opened and re.fullmatch(any_of(words["second"]), between))


def _between(one: Phrase, other: Phrase, anchor: Anchor) -> Span | None:
    """Return the days from one date to another; each may take its year from the other."""
    first, last = resolve(one, anchor), resolve(other, anchor)
    if first is None or last is None:
        return None
    if _is_day_alone(other):
        last = resolve(other, _in_month(anchor, first))
    elif _is_day_alone(one):
        first = resolve(one, _in_month(anchor, last))
    elif not _dated(one) and (_dated(other) or anchor.direction == "past"):
        first = _not_after(one, last, anchor)
    elif not _dated(other):
        last = _not_before(other, first, anchor)
    if first is None or last is None or last.last < first.first:
        return None
    return Span(first.first, last.last)


def _not_after(phrase: Phrase, last: Span, anchor: Anchor) -> Span | None:
    span = _in_year(phrase, anchor, last.first.year)
    if span is None or span.first <= last.last:
        return span
    return _in_year(phrase, anchor, last.first.year - 1)


def _not_before(phrase: Phrase, first: Span, anchor: Anchor) -> Span | None:
    span = _in_year(phrase, anchor, first.first.year)
    if span is None or span.last >= first.first:
        return span
    return _in_year(phrase, anchor, first.first.year + 1)


def _is_day_alone(phrase: Phrase) -> bool:
    return {token.kind for token in phrase.tokens} == {"day"}


def _in_month(anchor: Anchor, span: Span) -> Anchor:
    return Anchor(anchor.today, anchor.direction, span.first.year, span.first.month)


def _dated(phrase: Phrase) -> bool:
    """Whether a phrase says its year, or is counted from today."""
    return any(
        token.kind in {"year", "date", "week", "weekday", "rolling", "offset"}
        or token.relative
        or (token.kind == "part" and token.unit)
        for token in phrase.tokens
    )


def _in_year(phrase: Phrase, anchor: Anchor, year: int) -> Span | None:
    return resolve(phrase, Anchor(anchor.today, anchor.direction, year))


def _bounded(text: str, phrase: Phrase, span: Span, today: date) -> Period:
    """Open a date to today or to its past where a word beside it says so."""
    before, after = text[: phrase.start], text[phrase.end :]
    start, end = phrase.start, phrase.end
    opening = _cue_before("since_before").search(before)
    closing = _cue_after("since_after").match(after)
    if opening or closing or _cue_before("from_before").search(before):
        return Period(span.first, max(today, span.first), start, end + _length(closing))
    later = _cue_after("after_after").match(after)
    if later or _cue_before("after_before").search(before):
        first = span.last + timedelta(days=1)
        return Period(first, max(today, first), start, end + _length(later))
    earlier = _cue_after("before_after").match(after)
    if earlier or _cue_before("before_before").search(before):
        return _until(span.first - timedelta(days=1), today, start, end + _length(earlier))
    if _cue_before("until_before").search(before):
        return _until(span.last, today, start, end)
    return Period(span.first, span.last, start, end)


def _until(last: date, today: date, start: int, end: int) -> Period:
    return Period(today if last >= today else date.min, last, start, end)


def _length(match: re.Match[str] | None) -> int:
    return 0 if match is None else match.end()


@cache
def _range() -> re.Pattern[str]:
    return re.compile(any_of(load_words("dates")["range"]))


@cache
def _cue_before(name: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_words('dates')[name])}\s*(?:the\s)?$")


@cache
def _cue_after(name: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{any_of(load_words('dates')[name])}")
