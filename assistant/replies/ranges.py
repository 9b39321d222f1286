"""Levels of a numeric attribute (``1000..5000``) as a banker says them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.replies.templates import Language, Words

_TABLE = "attributes"
_FEWEST_DIGITS = 2
_MOST_DIGITS = 10
_WHOLE = frozenset({"age", "rank", "banks", "transactions"})
# Last quarter's average over the year's; above the last bound a figure grows fast.
_TRENDS = ((0.9, "falling_fast"), (0.98, "falling"), (1.02, "steady"), (1.1, "growing"))


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` up to, but not including, ``high``; None where the range is open.

    A level of one single number has both ends at it.
    """

    low: Decimal | None
    high: Decimal | None

    @property
    def middle(self) -> float:
        """The middle of the range, or its one end where the other is open."""
        ends = [float(end) for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


def read_range(level: str) -> Range | None:
    """Read a level of the recommender; None for a level that is no range of numbers."""
    low, dots, high = level.partition("..")
    try:
        ends = [Decimal(text) if text else None for text in (low, high if dots else low)]
    except ArithmeticError:
        return None
    finite = all(end is None or end.is_finite() for end in ends)
    return Range(*ends) if finite and any(end is not None for end in ends) else None


def say_range(words: Words, language: Language, measure: str, span: Range) -> str:
    """Return a range in words.

    Whole figures (age, rank, counts) are exact: ``5..7`` is 5–6. Money and years are rounded to
    two significant digits, or to as many more as it takes to tell the ends apart.

    Parameters
    ----------
    measure
        A kind of figure of the table ``attributes.measures``, other than a trend.
    """
    if measure in _WHOLE:
        span = _whole(span)
    digits = _MOST_DIGITS if measure in _WHOLE else _FEWEST_DIGITS
    low, high = (_end(words, language, measure, end, digits) for end in (span.low, span.high))
    while low == high and span.low != span.high and digits < _MOST_DIGITS:
        digits += 1
        low, high = (_end(words, language, measure, end, digits) for end in (span.low, span.high))
    if low == high:
        return words.say(language, f"{_TABLE}.{measure}_exactly", value=low)
    form = "below" if span.low is None else "from" if span.high is None else "between"
    return words.say(language, f"{_TABLE}.{measure}_{form}", low=low, high=high)


def say_trend(words: Words, language: Language, figure: str, span: Range) -> str:
    """Return where a figure is going, from the last quarter's average over the year's.

    Parameters
    ----------
    figure
        What goes up or down, in the reader's language.
    """
    way = next((way for bound, way in _TRENDS if span.middle < bound), "growing_fast")
    return words.say(language, f"{_TABLE}.trend_{way}", figure=figure)


def _whole(span: Range) -> Range:
    """Return the whole numbers of a range: between two ends both are then included."""
    if span.low == span.high:
        return span
    low = None if span.low is None else Decimal(math.ceil(span.low))
    high = None if span.high is None else Decimal(math.ceil(span.high))
    if low is None or high is None:
        return Range(low, high)
    return Range(low, max(low, high - 1))


def _end(
    words: Words, language: Language, measure: str, end: Decimal | None, digits: int
) -> str | None:
    if end is None:
        return None
    rounded = _rounded(end, digits)
    return _yuan(words, language, rounded) if measure == "money" else _plain(rounded)


def _rounded(number: Decimal, digits: int) -> Decimal:
    if number == 0:
        return number
    return round(number, digits - 1 - number.adjusted())


def _yuan(words: Words, language: Language, amount: Decimal) -> str:
    sizes = words.labels(language, f"{_TABLE}.magnitudes")
    size = _size(sizes, abs(amount))
    number = _plain(abs(amount) / size)
    magnitude = sizes.get(str(size), "")
    return words.say(
        language, f"{_TABLE}.yuan", negative=amount < 0, number=number, magnitude=magnitude
    )


def _size(sizes: Mapping[str, str], amount: Decimal) -> int:
    return max((int(size) for size in sizes if amount >= int(size)), default=1)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
