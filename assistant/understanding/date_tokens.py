"""The smallest pieces of a date in a text: a year, a quarter, a month, "end of" and the like.

The grammar is in ``dates.yml``; this module only reads what its rules match.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from assistant.understanding.calendar_spans import Part, Unit
from assistant.understanding.numbers import read_number
from assistant.understanding.words import any_of, load_words

_CENTURY = 2000
_LENGTHS = ("rolling", "offset")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a date.

    Attributes
    ----------
    kind
        date, year, half, quarter, quarters (the first so many), month, week, weekday, day, part,
        turn ("last" before a name), rolling (so many units up to today or from it), offset (one
        day so many units away), to_date or same_period.
    value
        A number in the calendar, or units from the present one when `relative`. The weekend is
        weekday 8.
    unit
        The unit of a part or of a length.
    part
        Which part of its span: start, middle, end, early, mid, late.
    weak
        No date by itself: a bare "2024", "may", "5th".
    month, day
        The rest of a date that was written as one.
    """

    kind: str
    start: int = 0
    end: int = 0
    value: float = 0
    unit: Unit | None = None
    part: Part | None = None
    relative: bool = False
    weak: bool = False
    month: int = 0
    day: int = 0


def find_tokens(text: str) -> list[Token]:
    """Return the pieces of dates in folded text; where several begin, the longest counts."""
    found = [
        token
        for rule in _rules()
        for match in rule.pattern.finditer(text)
        if (token := rule.read(match))
    ]
    kept: list[Token] = []
    for token in sorted(found, key=lambda token: (token.start, -token.end, token.weak)):
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    token: Token
    values: Mapping[str, float]

    def read(self, match: re.Match[str]) -> Token | None:
        groups = {name: found for name, found in match.groupdict().items() if found}
        value = self._value(groups, match.group())
        if value is None:
            return None
        return replace(
            self.token,
            start=match.start(),
            end=match.end(),
            value=value,
            unit=_units().get(groups.get("unit", ""), self.token.unit),
            month=int(groups.get("month", 0)),
            day=int(groups.get("day", 0)),
        )

    def _value(self, groups: Mapping[str, str], whole: str) -> float | None:
        if self.token.kind == "month" and "name" in groups:
            return _month_names()[groups["name"]]
        if "n" not in groups:
            return self.values.get(whole, self.token.value)
        number = _number(groups["n"])
        if number is not None and self.token.kind in _LENGTHS:
            return number * self.token.value
        is_short = self.token.kind == "year" and number is not None and number < 100
        return number + _CENTURY if is_short and number is not None else number


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(dict(entry)) for entry in load_words("dates")["rules"])


def _rule(entry: dict[str, Any]) -> _Rule:
    values = _by_word(entry.pop("words", {}))
    pattern = entry.pop("pattern", None)
    flags = {name: entry.get(name) == "true" for name in ("relative", "weak")}
    value = float(entry.pop("value", 0))
    return _Rule(
        pattern=re.compile(any_of(values) if pattern is None else _filled(pattern)),
        token=Token(**{**entry, **flags, "value": value}),
        values=values,
    )


def _filled(pattern: str) -> str:
    """Put the named pieces into a pattern."""
    return re.sub(r"\{([a-z_]+)\}", lambda match: _piece(match[1]), pattern)


@cache
def _piece(name: str) -> str:
    if name == "spelled":
        return any_of(load_words("numbers")["words"])
    if name == "month_name":
        return f"(?P<name>{any_of(_month_names())})"
    return _filled(load_words("dates")["pieces"][name])


def _by_word(named: Mapping[str, list[str]]) -> dict[str, float]:
    return {word: float(number) for number, words in named.items() for word in words}


@cache
def _month_names() -> dict[str, float]:
    return _by_word(load_words("dates")["month_names"])


@cache
def _units() -> dict[str, Unit]:
    words = load_words("dates")
    named: dict[str, Unit] = {
        word: unit for unit, written in words["units"].items() for word in written
    }
    return named | {words["counter"] + word: unit for word, unit in named.items()}


def _number(written: str) -> float | None:
    words = load_words("dates")
    if written in words["half"]:
        return 0.5
    if len(written) == len("2024") and not written.isdigit():
        return _year_in_digits(written)
    number = read_number(written)
    return None if number is None else float(number.value)


def _year_in_digits(written: str) -> float | None:
    """Read a year written digit by digit, as on Chinese documents."""
    zero, *digits = load_words("dates")["digits"]
    places = [0 if digit in zero else 1 + digits.index(digit) for digit in written]
    return float("".join(map(str, places)))
