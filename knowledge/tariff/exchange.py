"""Posted exchange rates by date, and amounts turned into the home currency."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

from knowledge.errors import RateMissing
from knowledge.language import Bilingual
from knowledge.tariff.rounding import Rounding, round_minor

HOME_CURRENCY = "CNY"


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """A row of ``rates.csv``.

    Attributes
    ----------
    currency : str
        ISO 4217, not the home currency.
    rate : Decimal
        Units of the home currency for ``unit`` units of ``currency``.
    on : date
        First day on which it is used, until the next one of its currency.
    """

    currency: str
    rate: Decimal
    unit: int
    on: date
    source: Bilingual
    line: int = field(default=0, compare=False)

    def home(self, minor: int) -> int:
        """Return minor units of the home currency for those of ``currency``, half rounded up."""
        digits = get_currency_precision(HOME_CURRENCY) - get_currency_precision(self.currency)
        exact = Fraction(self.rate) / self.unit * minor * Fraction(10) ** digits
        return round_minor(exact, Rounding.HALF_UP)


class RateTable:
    """Rates of all currencies and dates."""

    def __init__(self, rates: Iterable[ExchangeRate] = ()) -> None:
        listed: defaultdict[str, list[ExchangeRate]] = defaultdict(list)
        for rate in sorted(rates, key=lambda rate: rate.on):
            listed[rate.currency].append(rate)
        self._rates: Mapping[str, list[ExchangeRate]] = dict(listed)

    def at(self, currency: str, on: date) -> ExchangeRate:
        """Return the rate in use on a day: the last one posted until then.

        Raises
        ------
        RateMissing
            None of the currency was posted until then.
        """
        rates = self._rates.get(currency, [])
        place = bisect_right(rates, on, key=lambda rate: rate.on)
        if not place:
            raise RateMissing(currency, on)
        return rates[place - 1]

    def find(self, currency: str, on: date) -> ExchangeRate | None:
        """Return the rate in use on a day, or None."""
        try:
            return self.at(currency, on)
        except RateMissing:
            return None
