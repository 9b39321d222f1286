"""What a question about a fee wants: other grades, channels, ways to divide, or to pay nothing."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from assistant.understanding.dates import find_periods
from assistant.understanding.details import bare_details
from assistant.understanding.folding import fold
from assistant.understanding.numbers import number_pattern, read_number
from assistant.understanding.words import any_of, load_words

type Grade = Literal["vip", "standard", "gold", "platinum", "private"]

_MONTHS = {"months": 1, "quarters": 3, "years": 12}
_CUES = ("grades", "by_grade", "cheaper", "by_channel", "to_be_free", "half_year")


@dataclass(frozen=True, slots=True)
class Length:
    """For how long a service is used; one of the two is zero."""

    months: int = 0
    days: int = 0


def find_grade(text: str) -> Grade | None:
    """Return the service grade named; "vip" stands for every grade above the standard one."""
    grades = {
        word: grade for grade, words in load_words("fee_cues")["grades"].items() for word in words
    }
    found = [grades[match.group()] for match in _pattern("grades").finditer(fold(text))]
    precise = [grade for grade in found if grade != "vip"]
    return next(iter([*precise, *found]), None)


def compares_grades(text: str) -> bool:
    """Whether a message asks how the fee differs by grade."""
    return _says("by_grade", text) or (find_grade(text) is not None and _says("cheaper", text))


def compares_channels(text: str) -> bool:
    """Whether a message asks for every channel side by side without naming them."""
    return _says("by_channel", text)


def wants_free(text: str) -> bool:
    """Whether a message asks what it takes to pay nothing."""
    return _says("to_be_free", text)


def wants_one_of_several(text: str) -> bool:
    """Whether a message weighs one thing against another."""
    return _says("either", text)


def joins_two(text: str, start: int, end: int) -> bool:
    """Whether a piece of text names two amounts rather than both ends of a range."""
    words = load_words("fee_cues")["joined"]
    opened = re.search(rf"{any_of(words['opening'])}\s*$", fold(text)[:start])
    return not opened and bool(re.search(any_of(words["joining"]), fold(text)[start:end]))


def find_division(text: str) -> int | None:
    """Return into how many payments an amount is to be divided, two or more."""
    match = _division().search(fold(text))
    number = None if match is None else read_number(match["number"])
    if number is None or number.value < 2 or number.value % 1:
        return None
    return int(number.value)


def find_length(text: str, today: date) -> Length | None:
    """Return how long a service is to be used; dates and ages are none."""
    folded = list(fold(text))
    for period in find_periods(text, today):
        folded[period.start : period.end] = " " * (period.end - period.start)
    return _length_in("".join(folded))


def bare_fee_details(text: str, today: date) -> bool:
    """Whether a message only changes a detail of the fee before: an amount, a grade, a date.

    Words without content may stand around it, and so may what it wants: "and which is cheaper".
    """
    folded = fold(text)
    spans = [match.span() for name in _CUES for match in _pattern(name).finditer(folded)]
    spans += [
        match.span() for match in (*_length().finditer(folded), *_division().finditer(folded))
    ]
    spans += [(period.start, period.end) for period in find_periods(text, today)]
    blank = [*spans, *(match.span() for match in _pattern("either").finditer(folded))]
    rest = list(folded)
    for start, end in blank:
        rest[start:end] = " " * (end - start)
    return bare_details(_pattern("around").sub(" ", "".join(rest)), besides=bool(spans))


def _length_in(folded: str) -> Length | None:
    if _pattern("half_year").search(folded):
        return Length(months=6)
    for match in _length().finditer(folded):
        before, after = _not_a_length()
        if before.search(folded[: match.start()]) or after.match(folded, match.end()):
            continue
        number = read_number(match["number"])
        unit = next(unit for unit in ("months", "quarters", "years", "days") if match[unit])
        if number is None or not 1 <= number.value <= 1200 or number.value % 1:
            continue
        if unit == "days":
            return Length(days=int(number.value))
        half = _MONTHS[unit] // 2 if match["half"] else 0
        return Length(months=int(number.value) * _MONTHS[unit] + half)
    return None


def _says(name: str, text: str) -> bool:
    return _pattern(name).search(fold(text)) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = load_words("fee_cues")[name]
    if isinstance(words, dict):
        words = [word for listed in words.values() for word in listed]
    return re.compile(any_of(words))


@cache
def _division() -> re.Pattern[str]:
    words = load_words("fee_cues")["divided"]
    number = f"(?P<number>{number_pattern()}|{any_of(load_words('numbers')['words'])})"
    return re.compile(rf"{any_of(words['before'])}\s?{number}\s?{any_of(words['after'])}")


@cache
def _length() -> re.Pattern[str]:
    words = load_words("fee_cues")
    number = f"(?P<number>{number_pattern()}|{any_of(load_words('numbers')['words'])})"
    units = "|".join(f"(?P<{unit}>{any_of(listed)})" for unit, listed in words["lengths"].items())
    half = f"(?P<half>{any_of(words['half_more'])})"
    return re.compile(rf"(?<![\d.]){number}\s?(?:{units}){half}?")


@cache
def _not_a_length() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("fee_cues")
    before, after = any_of(words["not_a_length_before"]), any_of(words["not_a_length_after"])
    return re.compile(rf"{before}\s?$"), re.compile(rf"\s?-?{after}")
