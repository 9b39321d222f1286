"""Amounts of money and numbers of items in a message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from assistant.understanding.folding import fold
from assistant.understanding.numbers import Number, read_number
from assistant.understanding.surroundings import (
    counted_items,
    counts,
    currencies,
    means_something_else,
    money_pattern,
    moves_money,
    numerical,
    says_approximately,
    small_units,
)

DEFAULT_CURRENCY = "CNY"
_SMALLEST_BARE = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money.

    Attributes
    ----------
    minor
        Minor units of `currency`: fen, cents. Negative when written so.
    currency
        ISO 4217 code; yuan when none was written.
    start, end
        Where it stands in the text.
    approximate
        Said to be approximate, or a range.
    upper
        The upper end of a range in minor units; `minor` is then the lower.
    """

    minor: int
    currency: str
    start: int
    end: int
    approximate: bool
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of items: transfers, cards, people."""

    count: int
    start: int
    end: int


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money in the order of the text.

    A number counts when a currency or a scale is written with it, when it has three digits or
    more, or when it is the whole message. Client numbers, percentages, dates, times, telephone and
    account numbers and numbers of things do not.
    """
    return tuple(_amounts(numerical(fold(text))))


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of items, such as transfers, cards or people, in the order of the text."""
    found = []
    for match in counted_items().finditer(folded := numerical(fold(text))):
        number = read_number(match["number"])
        if number is not None and counts(folded, match) and number.value % 1 == 0:
            found.append(Quantity(int(number.value), match.start(), match.end()))
    return tuple(found)


def _amounts(text: str) -> Iterator[Amount]:
    for match in money_pattern().finditer(text):
        low = read_number(match["low"])
        if low is None or means_something_else(text, match):
            continue
        high = read_number(match["high"]) if match["high"] else None
        if _is_money(text, match, (high or low).value):
            yield _amount(text, match, low, high)


def _is_money(text: str, match: re.Match[str], value: Decimal) -> bool:
    if match["before"] or match["after"]:
        return True
    written = match["low"].strip()
    if value >= _SMALLEST_BARE or moves_money(text, match):
        return True
    alone = re.sub(r"\W", "", text) == written
    return alone and (written.isdigit() or len(written) > 1)


def _amount(text: str, match: re.Match[str], low: Number, high: Number | None) -> Amount:
    currency = _currency(match)
    part = small_units().get(match["after"] or "", 1)
    lower, upper = low.value / part + _small_change(match), low.upper
    if high is not None:
        upper = high.value
        lower *= _shared_scale(low, high)
    sign = -1 if match["sign"] or match["inner"] else 1
    return Amount(
        minor=sign * _minor(lower, currency),
        currency=currency,
        start=match.end() - len(match.group().lstrip()),
        end=match.end(),
        approximate=low.loose or upper is not None or says_approximately(text, match),
        upper=None if upper is None else _minor(upper, currency),
    )


def _shared_scale(low: Number, high: Number) -> Decimal:
    """Return the scale that only the upper end of a range is written with, where it fits both."""
    if low.scale != 1:
        return Decimal(1)
    fitting = (scale for scale in (high.scale, high.last_scale) if low.value * scale < high.value)
    return next(fitting, Decimal(1))


def _small_change(match: re.Match[str]) -> Decimal:
    tenths = read_number(match["jiao"]) if match["jiao"] else None
    hundredths = read_number(match["fen"]) if match["fen"] else None
    return sum(
        (part.value / size for part, size in ((tenths, 10), (hundredths, 100)) if part), Decimal(0)
    )


def _currency(match: re.Match[str]) -> str:
    return currencies().get(match["after"] or match["before"] or "", DEFAULT_CURRENCY)


def _minor(value: Decimal, currency: str) -> int:
    scaled = value * 10 ** get_currency_precision(currency)
    return int(scaled.to_integral_value(rounding=ROUND_HALF_UP))
