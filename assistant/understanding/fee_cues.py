"""What a question about a fee wants: other grades, channels, ways to divide, or to pay nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from assistant.understanding.amounts import Amount, find_amounts
from assistant.understanding.blanking import blanked
from assistant.understanding.dates import Period, find_periods
from assistant.understanding.details import bare_details, without_details
from assistant.understanding.folding import fold
from assistant.understanding.numbers import number_pattern, read_number
from assistant.understanding.words import any_of, load_words

_SOMETHING = re.compile("[\u4e00-\u9fff]{2}|[a-z]{4}")

type Grade = Literal["vip", "standard", "gold", "platinum", "private"]

_MONTHS = {"months": 1, "quarters": 3, "years": 12}
_CUES = (
    *("grades", "by_grade", "cheaper", "how_much_less", "by_channel"),
    *("to_be_free", "half_year", "each", "now"),
)


@dataclass(frozen=True, slots=True)
class Length:
    """For how long a service is used; one of the two is zero."""

    months: int = 0
    days: int = 0


@lru_cache(maxsize=64)  # one message is looked at for its length, its rest and its day
def find_days(text: str, today: date) -> tuple[Period, ...]:
    """Return the dates and periods a message names."""
    return find_periods(text, today)


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


def asks_difference(text: str) -> bool:
    """Whether a message asks by how much a fee is lower than another."""
    return _says("cheaper", text)


def asks_how_much_less(text: str) -> bool:
    """Tell whether a text asks by how much a fee differs, not only whether it does."""
    return _says("how_much_less", text)


def wants_free(text: str) -> bool:
    """Whether a message asks what it takes to pay nothing."""
    return _says("to_be_free", text)


def wants_one_of_several(text: str) -> bool:
    """Whether a message weighs one thing against another."""
    return _says("either", text)


def find_offers(text: str) -> tuple[Amount, ...]:
    """Return the amounts of a message; "300k and 800k" are two unless "between" stands before."""
    found = find_amounts(text)
    while (parted := _parted(text, found)) != text:
        text, found = parted, find_amounts(parted)
    return found


def asks_price_of_more(text: str, today: date) -> bool:
    """Whether a message asks for a price and names something besides details of a fee."""
    return bool(_pattern("price").search(fold(text)) and names_something(text, today))


def asks_price_alone(text: str, today: date) -> bool:
    """Whether a message asks for a price and names nothing it could be the price of."""
    return bool(_pattern("price").search(fold(text)) and not names_something(text, today))


def names_something(text: str, today: date) -> bool:
    """Whether a message says more than details of a fee and that a price is asked for."""
    rest, _ = _without_cues(text, today)
    return bool(_SOMETHING.search(without_details(_pattern("price").sub(" ", rest))))


def says_now(text: str) -> bool:
    """Whether a message asks for today's fee."""
    return _says("now", text)


def find_division(text: str) -> int | None:
    """Return into how many payments an amount is to be divided, two or more."""
    match = _division().search(fold(text))
    number = None if match is None else read_number(match["number"])
    if number is None or number.value < 2 or number.value % 1:
        return None
    return int(number.value)


def find_length(text: str, today: date) -> Length | None:
    """Return how long a service is to be used; dates and ages are none."""
    days = ((period.start, period.end) for period in find_days(text, today))
    return _length_in(blanked(fold(text), days))


@lru_cache(maxsize=64)
def bare_fee_details(text: str, today: date) -> bool:
    """Whether a message only changes a detail of the fee before: an amount, a grade, a date.

    Words without content may stand around it, and so may what it wants: "and which is cheaper".
    """
    rest, found = _without_cues(text, today)
    return bare_details(rest, besides=found)


def _without_cues(text: str, today: date) -> tuple[str, bool]:
    """Return a folded message without what it wants and when, and whether it said any of that."""
    folded = fold(text)
    spans = [match.span() for name in _CUES for match in _pattern(name).finditer(folded)]
    spans += [
        match.span() for match in (*_length().finditer(folded), *_division().finditer(folded))
    ]
    spans += [(period.start, period.end) for period in find_days(text, today)]
    blank = [*spans, *(match.span() for match in _pattern("either").finditer(folded))]
    return _pattern("around").sub(" ", blanked(folded, blank)), bool(spans)


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
    each = _pattern("each").search(folded)
    return None if each is None else Length(months=_MONTHS[_units_of_each()[each.group()]])


def _parted(text: str, amounts: Sequence[Amount]) -> str:
    """Put a mark in place of every "and" that joins two of the amounts."""
    words = load_words("fee_cues")["joined"]
    opening, joining = re.compile(rf"{any_of(words['opening'])}\s*$"), any_of(words["joining"])
    folded, parted = fold(text), text
    for amount in amounts:
        if amount.upper is not None and not opening.search(folded[: amount.start]):
            for match in re.finditer(joining, folded[amount.start : amount.end]):
                start, end = (amount.start + place for place in match.span())
                parted = parted[:start] + ";".ljust(end - start) + parted[end:]
    return parted


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
def _units_of_each() -> dict[str, str]:
    return {word: unit for unit, words in load_words("fee_cues")["each"].items() for word in words}


@cache
def _not_a_length() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("fee_cues")
    before, after = any_of(words["not_a_length_before"]), any_of(words["not_a_length_after"])
    return re.compile(rf"{before}\s?$"), re.compile(rf"\s?-?{after}")
