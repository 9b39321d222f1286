"""An entry or a tariff row on a page of its own, with its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.errors import PageNotFound
from assistant.services.procedures import reader
from assistant.services.resources import Resources
from crm.content_journal import RecordedChange, changes_of, newest_version
from crm.employees import Employee
from crm.store.session import Session
from knowledge.entries import Entry
from knowledge.history import HistoryNote, ItemKind
from knowledge.language import LANGUAGES, Language
from knowledge.library import Library
from knowledge.tariff.periods_of_rows import same_question
from knowledge.tariff.rows import TariffRow


@dataclass(frozen=True, slots=True)
class History:
    """What is known of how something became what it is.

    Attributes
    ----------
    notes
        What the business noted, the newest first.
    recorded
        What changed as it went live here, the newest first.
    version, live_on
        Number of the content in force here and the day it went live; None before the first.
    """

    notes: tuple[HistoryNote, ...]
    recorded: tuple[RecordedChange, ...]
    version: int | None
    live_on: date | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry in each language that has it, and its history."""

    entries: Mapping[Language, Entry]
    history: History
    today: date


@dataclass(frozen=True, slots=True)
class TariffPage:
    """A row, the rows that answer the same question on other days, and its history."""

    row: TariffRow
    rows: tuple[TariffRow, ...]
    library: Library
    history: History
    today: date


def entry_page(
    resources: Resources, session: Session, employee: Employee, entry_id: str
) -> EntryPage:
    """Return an entry, of any date, that an employee may read.

    Raises
    ------
    PageNotFound
        There is none, or it is not for this employee; which of the two is not said.
    """
    library, asker = resources.content.library, reader(employee)
    found = {language: library.entry(entry_id, language) for language in LANGUAGES}
    entries = {lang: entry for lang, entry in found.items() if entry and entry.readable_by(asker)}
    if not entries:
        raise PageNotFound(entry_id)
    history = _history(resources, session, ItemKind.ENTRY, entry_id)
    return EntryPage(entries, history, resources.today())


def tariff_page(resources: Resources, session: Session, row_id: str) -> TariffPage:
    """Return a tariff row of any date.

    Raises
    ------
    PageNotFound
        There is none.
    """
    library = resources.content.library
    row = next((row for row in library.tariff.rows if row.row_id == row_id), None)
    if row is None:
        raise PageNotFound(row_id)
    history = _history(resources, session, ItemKind.TARIFF, row_id)
    rows = same_question(library.tariff, row)
    return TariffPage(row, rows, library, history, resources.today())


def _history(resources: Resources, session: Session, kind: ItemKind, item_id: str) -> History:
    library = resources.content.library
    version = newest_version(session)
    return History(
        notes=tuple(n for n in library.history if (n.kind, n.item_id) == (kind, item_id)),
        recorded=tuple(changes_of(session, kind, item_id)),
        version=version.number if version else None,
        live_on=version.live_at.astimezone(resources.zone).date() if version else None,
    )
