"""How long a service is used, counted in months begun or in days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """The days of use; both the first and the last count.

    Raises
    ------
    ValueError
        The last day is before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span ends before it begins")

    @classmethod
    def of_months(cls, first: date, months: int) -> "Span":
        """Return a number of whole months (1 or more) from a day on."""
        return cls(first, add_months(first, months) - timedelta(days=1))

    @property
    def months_begun(self) -> int:
        """Months from the first day on, a month begun counted whole."""
        after = self.last + timedelta(days=1)
        months = (after.year - self.first.year) * 12 + after.month - self.first.month
        return months if add_months(self.first, months) >= after else months + 1

    def periods(self, months: int) -> tuple[int, int, int]:
        """Return the whole periods of so many months, the days left, and the days they are of.

        The days left are fewer than the last figure, the length of the period they begin.
        """
        after = self.last + timedelta(days=1)
        whole = 0
        while add_months(self.first, (whole + 1) * months) <= after:
            whole += 1
        begins = add_months(self.first, whole * months)
        ends = add_months(self.first, (whole + 1) * months)
        return whole, (after - begins).days, (ends - begins).days


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
