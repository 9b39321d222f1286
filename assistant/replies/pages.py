"""Pages of entries and of tariff rows, as blocks; and the links that lead to them."""

from collections.abc import Mapping, Sequence
from difflib import ndiff

from assistant.replies.blocks import (
    Block,
    Column,
    Details,
    Heading,
    Items,
    Link,
    Note,
    Source,
    Table,
    Text,
)
from assistant.replies.procedure_parts import EntryPresenter
from assistant.replies.tariff_words import TariffWords
from assistant.replies.templates import Language, Words
from assistant.services.pages import EntryPage, History, TariffPage
from crm.content_journal import RecordedChange
from knowledge.entries import Entry
from knowledge.history import HistoryNote
from knowledge.tariff.rows import TariffRow

_LONG = 60


def tariff_link(words: Words, language: Language, row_id: str) -> Link:
    """Return the link to a row's page."""
    return Link(words.say(language, "page.tariff_link", row=row_id), f"/tariff/{row_id}")


class PagePresenter:
    """Shows pages in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def entry(self, page: EntryPage) -> list[Block]:
        """Return an entry whole, with its history; in the other language where it has no other."""
        entry = page.entries.get(self._language) or next(iter(page.entries.values()))
        presenter = EntryPresenter(self._words, self._language, entry)
        blocks: list[Block] = []
        if not entry.valid(page.today):
            blocks.append(Note(self._say("not_in_force"), "warning"))
        blocks += presenter.whole()
        blocks.append(presenter.source()[0])
        return [*blocks, *self._entry_history(entry, page.history)]

    def title(self, page: EntryPage | TariffPage) -> str:
        """Return the title of a page."""
        if isinstance(page, TariffPage):
            service = page.library.tariff.service(page.row.service).name.text(self._language)
            return self._say("tariff_title", service=service, row=page.row.row_id)
        return (page.entries.get(self._language) or next(iter(page.entries.values()))).title

    def tariff(self, page: TariffPage) -> list[Block]:
        """Return a row, the prices before and after it, and its history."""
        row = page.row
        written = page.library.written[row.row_id]
        blocks: list[Block] = []
        if not row.valid(page.today):
            blocks.append(Note(self._say("not_in_force"), "warning"))
        blocks.append(self._row_facts(row, written))
        if note := row.note.text(self._language):
            blocks.append(Note(note))
        blocks.append(self._prices(page))
        return [*blocks, *self._notes(page.history.notes), *self._recorded(page.history)]

    def _row_facts(self, row: TariffRow, written: Mapping[str, str]) -> Table:
        label = self._words.label
        said = {
            "client_kind": label(self._language, "changes.kinds", row.client_kind),
            "channel": label(self._language, "asking.channels", row.channel),
            "currency": row.currency,
            "price": TariffWords(self._words, self._language).price(written),
            "effective_from": row.effective_from.isoformat(),
            "effective_to": row.effective_to.isoformat() if row.effective_to else self._say("open"),
            "source": row.source.text(self._language),
        }
        fields = self._words.labels(self._language, "page.fields")
        rows = [(fields[name], value) for name, value in said.items()]
        return Table(self._columns("facts"), rows)

    def _prices(self, page: TariffPage) -> Table:
        told = TariffWords(self._words, self._language)
        rows = [
            (
                row.row_id,
                row.effective_from.isoformat(),
                row.effective_to.isoformat() if row.effective_to else self._say("open"),
                told.price(page.library.written[row.row_id]),
            )
            for row in page.rows
        ]
        return Table(self._columns("prices"), rows, self._say("prices_caption"))

    def _entry_history(self, entry: Entry, history: History) -> list[Block]:
        rows = [
            (str(change.version), change.on.isoformat(), change.by, change.what)
            for change in entry.changes
        ]
        blocks: list[Block] = [Heading(self._say("history"))]
        if rows:
            blocks.append(Table(self._columns("versions"), rows, self._say("versions_caption")))
        else:
            blocks.append(Text(self._say("no_versions", version=entry.version)))
        mine = [change for change in history.recorded if change.language == entry.language]
        return [*blocks, *self._notes(history.notes), *self._recorded(history, mine)]

    def _notes(self, notes: Sequence[HistoryNote]) -> list[Block]:
        rows = [
            (n.on.isoformat(), n.by.text(self._language), n.what.text(self._language))
            for n in notes
        ]
        if not rows:
            return []
        return [Table(self._columns("notes"), rows, self._say("notes_caption"))]

    def _recorded(
        self, history: History, changes: Sequence[RecordedChange] | None = None
    ) -> list[Block]:
        """Return what changed as it went live here; long texts folded, line by line."""
        shown = history.recorded if changes is None else changes
        blocks: list[Block] = [self._change(change) for change in shown]
        if blocks:
            blocks.insert(0, Text(self._say("recorded_caption")))
        if history.version is not None and history.live_on is not None:
            said = self._say("live", number=history.version, on=history.live_on.isoformat())
            blocks.append(Source(said))
        return blocks

    def _change(self, change: RecordedChange) -> Block:
        fields = self._words.labels(self._language, "page.fields")
        about = {
            "on": change.on.isoformat(),
            "by": change.by or self._say("unnamed"),
            "field": fields.get(change.field, change.field),
        }
        before, after = change.before or "", change.after or ""
        if not change.field:
            return Text(self._say("added" if change.before is None else "removed", **about))
        if max(len(before), len(after)) <= _LONG and "\n" not in before + after:
            values = {"before": before or "–", "after": after or "–"}
            return Text(self._say("became", **about, **values))
        lines = [line for line in ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]
        return Details(self._say("rewritten", **about), [Items([line for line in lines if line])])

    def _columns(self, table: str) -> list[Column]:
        labels = self._words.labels(self._language, f"page.{table}_columns")
        return [Column(label) for label in labels.values()]

    def _say(self, key: str, **values: object) -> str:
        return self._words.say(self._language, f"page.{key}", **values)
