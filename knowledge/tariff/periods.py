"""Fees for a time: so much a month, a quarter or a year, whole or in proportion."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from knowledge.tariff.bases import Charge, Occasion, PerItem
from knowledge.tariff.rates import Rate
from knowledge.tariff.rounding import round_minor
from knowledge.tariff.steps import Step, StepKind, step


class Period(StrEnum):
    """For how long a fee is paid."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Its length."""
        return _MONTHS[self]


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


class Proration(StrEnum):
    """What is charged for a part of a period: all of it, by months begun, or by days."""

    NONE = "none"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class PerPeriod:
    """A fee, of each piece or by a rate, for every period of use.

    Attributes
    ----------
    price : PerItem or Rate
        What one period costs.
    """

    price: PerItem | Rate
    period: Period
    proration: Proration

    @property
    def needs_amount(self) -> bool:
        """Whether the price of a period depends on the amount."""
        return self.price.needs_amount

    def charge(self, occasion: Occasion) -> Charge:
        """Charge for the span of the occasion, or for one period where it has none."""
        one = self.price.charge(replace(occasion, span=None))
        if occasion.span is None:
            return one
        months = self.period.months
        if self.proration is Proration.NONE:
            periods = -(-occasion.span.months_begun // months)
            fee = one.fee * periods
            timed = step(StepKind.PERIODS, each=one.fee, months=months, periods=periods, fee=fee)
        elif self.proration is Proration.MONTHS:
            used = occasion.span.months_begun
            fee = round_minor(Fraction(one.fee * used, months), occasion.rounding)
            timed = step(StepKind.BY_MONTHS, each=one.fee, months=months, used=used, fee=fee)
        else:
            fee, timed = self._by_days(one.fee, occasion)
        return Charge(fee, (*one.steps, timed))

    def turning_points(self) -> tuple[int, ...]:
        """Return those of the price of one period."""
        return self.price.turning_points()

    def _by_days(self, each: int, occasion: Occasion) -> tuple[int, Step]:
        assert occasion.span is not None  # noqa: S101  # the caller looked
        whole, used, days = occasion.span.periods(self.period.months)
        fee = round_minor(each * (whole + Fraction(used, days)), occasion.rounding)
        values = {"whole": whole, "used": used, "days": days, "fee": fee}
        return fee, step(StepKind.BY_DAYS, each=each, **values)
