"""What has ended, ends soon, or leaves days without an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.content import Content
from knowledge.entries import Entry
from knowledge.errors import Fault
from knowledge.reading.place import Place
from knowledge.reading.tariff_file import TARIFF
from knowledge.tariff.rows import TariffRow

SOON_DAYS = 30
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ending:
    """A last day, and the first day after it on which something else takes over, if any."""

    last: date
    next_first: date | None

    @property
    def continued(self) -> bool:
        """Whether the next day is covered."""
        return self.next_first is not None and self.next_first <= self.last + _DAY


def validity_warnings(content: Content, on: date) -> Iterator[Fault]:
    """Yield what ended before a day, ends within `SOON_DAYS` of it, or leaves days uncovered."""
    for entry in content.entries:
        if entry.effective_to is not None:
            place = Place(entry.file, entry.lines.get("effective_to", 1), "effective_to")
            yield from _ended(place, Ending(entry.effective_to, None), on)
    by_service: dict[str, list[TariffRow]] = {}
    for row in content.tariff.rows:
        by_service.setdefault(row.service, []).append(row)
    for row in content.tariff.rows:
        if row.effective_to is not None:
            ending = Ending(row.effective_to, _next_first(row, by_service[row.service]))
            yield from _ended(Place(TARIFF, row.line, "effective_to"), ending, on)
    yield from _translated_periods(content.entries)


def _ended(place: Place, ending: Ending, on: date) -> Iterator[Fault]:
    if ending.continued:
        return
    if ending.next_first is not None:
        gap = f"{ending.last + _DAY} – {ending.next_first - _DAY}"
        yield place.fault(gap, "days_uncovered")
        return
    days = (ending.last - on).days
    if days < 0:
        yield place.fault(f"{ending.last} ({-days})", "ended")
    elif days <= SOON_DAYS:
        yield place.fault(f"{ending.last} ({days})", "ends_soon")


def _next_first(row: TariffRow, others: Sequence[TariffRow]) -> date | None:
    """Return the first day after a row's last from which another answers the same question."""
    last = row.effective_to or date.max
    later = [
        max(other.effective_from, last + _DAY)
        for other in others
        if other is not row
        and other.currency == row.currency
        and other.serves_kind(row.client_kind)
        and other.serves_channel(row.channel)
        and (other.effective_to is None or other.effective_to > last)
    ]
    return min(later, default=None)


def _translated_periods(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield the English entries that hold on other days than the Chinese ones."""
    chinese = {entry.entry_id: entry for entry in entries if entry.language == "zh"}
    for entry in entries:
        other = chinese.get(entry.entry_id, entry)
        if (entry.effective_from, entry.effective_to) != (other.effective_from, other.effective_to):
            place = Place(entry.file, entry.lines.get("effective_from", 1), "effective_from")
            yield place.fault(other.file, "translation_period")
