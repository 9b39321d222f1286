"""How the price of one service went on: which row took over from which, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.tariff.rows import Tariff, TariffRow

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A day on which a price became another.

    Attributes
    ----------
    on : date
        First day of what holds since.
    before, after : TariffRow or None
        None where nothing held before (a new price), or nothing after (an ended one).
    """

    on: date
    before: TariffRow | None
    after: TariffRow | None

    @property
    def row(self) -> TariffRow:
        """The row that tells the service, the kind of client and the channel."""
        row = self.after or self.before
        assert row is not None  # noqa: S101  # one of the two is always there
        return row


def price_changes(tariff: Tariff, first: date, last: date) -> tuple[PriceChange, ...]:
    """Return every price that changed from a day to another, both included, the newest first."""
    found = [
        PriceChange(row.effective_from, _before(tariff, row), row)
        for row in tariff.rows
        if first <= row.effective_from <= last
    ]
    found += _ended(tariff, first, last)
    return tuple(sorted(found, key=lambda change: (change.on, change.row.row_id), reverse=True))


def same_question(tariff: Tariff, row: TariffRow) -> tuple[TariffRow, ...]:
    """Return the rows of every date that answer what a row answers, the newest first."""
    alike = [
        other
        for other in tariff.rows_of(row.service)
        if (other.client_kind, other.channel, other.currency)
        == (row.client_kind, row.channel, row.currency)
    ]
    return tuple(sorted(alike, key=lambda other: other.effective_from, reverse=True))


def _before(tariff: Tariff, row: TariffRow) -> TariffRow | None:
    day = row.effective_from - _DAY
    earlier = (other for other in _covering(tariff, row, day) if other is not row)
    return next(earlier, None)


def _ended(tariff: Tariff, first: date, last: date) -> Iterator[PriceChange]:
    for row in tariff.rows:
        if row.effective_to is None or row.effective_to == date.max:
            continue
        on = row.effective_to + _DAY
        if first <= on <= last and not any(_covering(tariff, row, on)):
            yield PriceChange(on, row, None)


def _covering(tariff: Tariff, row: TariffRow, day: date) -> Iterator[TariffRow]:
    """Yield the rows that answer on a day what a row answers."""
    for other in tariff.rows_of(row.service):
        if (
            other.currency == row.currency
            and other.serves_kind(row.client_kind)
            and other.serves_channel(row.channel)
            and other.valid(day)
        ):
            yield other
