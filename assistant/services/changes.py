"""What changed, in fees and in procedures, in a stretch of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.names import Topic
from assistant.services.procedures import reader
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.changed_matters import Matter, find_matters, names_only_when
from assistant.understanding.dates import find_periods
from crm.content_journal import RecordedChange, changes_between
from crm.store.session import Session
from knowledge.entries import Change, Entry
from knowledge.history import HistoryNote, ItemKind
from knowledge.library import Library
from knowledge.tariff.periods_of_rows import PriceChange, price_changes

_WITHOUT_PERIOD = timedelta(days=90)
_NEVER = frozenset({"cancel", "greet", "thank", "goodbye", "ask_capabilities", "switch_language"})


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A change of an entry that the asker may read."""

    entry: Entry
    change: Change


@dataclass(frozen=True, slots=True)
class ChangesAnswer:
    """What became different.

    Attributes
    ----------
    first, last
        Both days count.
    matters
        What was asked about; empty is everything.
    services
        Services named in the question; empty is all of them.
    prices, entries
        The newest first.
    corrections
        Rows that were mended without a new first day, as they went live.
    notes
        What the business noted of changed rows, by row.
    newest
        The day of the last change before the period, where it holds none.
    """

    first: date
    last: date
    matters: tuple[Matter, ...]
    services: tuple[str, ...]
    prices: tuple[PriceChange, ...]
    corrections: tuple[RecordedChange, ...]
    entries: tuple[EntryChange, ...]
    notes: dict[str, HistoryNote]
    newest: date | None

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.prices or self.corrections or self.entries)


def find_changes(resources: Resources, session: Session, question: Question) -> ChangesAnswer:
    """Return what changed in the period a question names; the last 90 days where it names none."""
    library = resources.content.library
    first, last = _period(question)
    matters = _matters(question)
    services = _services(library, question)
    prices: tuple[PriceChange, ...] = ()
    corrections: tuple[RecordedChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    if Matter.FEES in matters or not matters or services:
        prices = _of(price_changes(library.tariff, first, last), services)
        corrections = _corrections(session, library, (first, last), prices)
    if not services and (Matter.PROCEDURES in matters or not matters):
        entries = _entry_changes(library, question, first, last)
    notes = {
        note.item_id: note for note in reversed(library.history) if note.kind is ItemKind.TARIFF
    }
    nothing = not (prices or corrections or entries)
    newest = _newest_before(library, question, matters, first) if nothing else None
    return ChangesAnswer(
        first, last, matters, services, prices, corrections, entries, notes, newest
    )


def continues_changes(question: Question) -> bool:
    """Whether a message names other days or another matter for the question about changes."""
    memory = question.memory
    return (
        question.intent not in _NEVER
        and memory.topic is Topic.CHANGES
        and memory.pending is None
        and not question.choices
        and names_only_when(question.text, question.today)
    )


def _period(question: Question) -> tuple[date, date]:
    periods = find_periods(question.text, question.today)
    before = question.memory.changes if continues_changes(question) else None
    if periods:
        return periods[0].first, periods[0].last
    if before is not None:
        return date.fromisoformat(before.first), date.fromisoformat(before.last)
    return question.today - _WITHOUT_PERIOD, question.today


def _matters(question: Question) -> tuple[Matter, ...]:
    if question.choices.get("more") in set(Matter):
        return (Matter(question.choices["more"]),)
    named = find_matters(question.text)
    before = question.memory.changes if continues_changes(question) else None
    if named or before is None:
        return named
    return tuple(Matter(matter) for matter in before.matters if matter in set(Matter))


def _services(library: Library, question: Question) -> tuple[str, ...]:
    """Return the services a question names outright; "which fees" names none."""
    matches = library.match_service(question.text, question.language)
    best = matches[0].score if matches else 0.0
    return tuple(match.service for match in matches if match.score >= max(best, 1.0))


def _of(changes: Sequence[PriceChange], services: Sequence[str]) -> tuple[PriceChange, ...]:
    return tuple(c for c in changes if not services or c.row.service in services)


def _corrections(
    session: Session,
    library: Library,
    period: tuple[date, date],
    prices: Sequence[PriceChange],
) -> tuple[RecordedChange, ...]:
    told = {row.row_id for change in prices for row in (change.before, change.after) if row}
    return tuple(
        change
        for change in changes_between(session, *period)
        if change.kind == ItemKind.TARIFF
        and change.field
        and change.item_id not in told
        and change.item_id in library.written
    )


def _entry_changes(
    library: Library, question: Question, first: date, last: date
) -> tuple[EntryChange, ...]:
    found = [
        EntryChange(entry, change)
        for entry in _readable(library, question)
        for change in entry.changes
        if first <= change.on <= last
    ]
    return tuple(sorted(found, key=lambda each: each.change.on, reverse=True))


def _readable(library: Library, question: Question) -> list[Entry]:
    asker = reader(question.employee)
    return [
        entry
        for entry in library.entries
        if entry.language == question.language
        and entry.valid(question.today)
        and entry.readable_by(asker)
    ]


def _newest_before(
    library: Library, question: Question, matters: Sequence[Matter], first: date
) -> date | None:
    days: list[date] = []
    if Matter.FEES in matters or not matters:
        days += [row.effective_from for row in library.tariff.rows if row.effective_from < first]
    if Matter.PROCEDURES in matters or not matters:
        days += [c.on for e in _readable(library, question) for c in e.changes if c.on < first]
    return max(days, default=None)
