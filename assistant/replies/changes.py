"""What changed, as sentences and tables."""

from assistant.names import Intent
from assistant.replies.blocks import (
    Block,
    Choice,
    Choices,
    Column,
    Details,
    Items,
    Note,
    Table,
    Text,
)
from assistant.replies.buttons import payload
from assistant.replies.pages import tariff_link
from assistant.replies.tariff_words import TariffWords
from assistant.replies.templates import Language, Words
from assistant.services.changes import ChangesAnswer, EntryChange
from crm.content_journal import RecordedChange
from knowledge.library import Library
from knowledge.tariff.periods_of_rows import PriceChange
from knowledge.tariff.rows import TariffRow

_MOST_ROWS = 12
_MOST_BUTTONS = 4
_MOST_LINKS = 6


class ChangesPresenter:
    """Says what changed in one language."""

    def __init__(self, words: Words, language: Language, library: Library) -> None:
        self._words = words
        self._language = language
        self._library = library
        self._tariff = TariffWords(words, language)

    def answer(self, found: ChangesAnswer) -> list[Block]:
        """Return prices first, then procedures, each with day, author and where to read it."""
        period = {"first": found.first.isoformat(), "last": found.last.isoformat()}
        if found.empty:
            newest = found.newest.isoformat() if found.newest else ""
            return [Note(self._say("nothing", newest=newest, **period))]
        counts = {
            "fees": len(found.prices) + len(found.corrections),
            "procedures": len(found.entries),
        }
        blocks: list[Block] = [Text(self._say("summary", **counts, **period))]
        blocks += self._prices(found)
        blocks += self._corrections(found)
        blocks += self._entries(found)
        return blocks

    def _prices(self, found: ChangesAnswer) -> list[Block]:
        if not found.prices:
            return []
        rows = [self._price_row(change, found) for change in found.prices]
        columns = self._columns("price_columns")
        blocks = self._table(columns, rows, self._say("prices"))
        changed = [row for change in found.prices if (row := change.after)]
        links = [tariff_link(self._words, self._language, r.row_id) for r in changed[:_MOST_LINKS]]
        return [*blocks, *([Details(self._say("pages"), links)] if links else [])]

    def _price_row(self, change: PriceChange, found: ChangesAnswer) -> list[str]:
        note = found.notes.get(change.row.row_id)
        what = getattr(note.what, self._language) if note else self._row_note(change.after)
        return [
            change.on.isoformat(),
            self._service(change.row),
            self._priced(change.before, "new"),
            self._priced(change.after, "ended"),
            what,
            note.by.text(self._language) if note else "",
        ]

    def _row_note(self, row: TariffRow | None) -> str:
        return row.note.text(self._language) if row else ""

    def _priced(self, row: TariffRow | None, otherwise: str) -> str:
        if row is None:
            return self._say(otherwise)
        return self._tariff.price(self._library.written[row.row_id])

    def _service(self, row: TariffRow) -> str:
        return self._say(
            "service",
            service=self._library.tariff.service(row.service).name.text(self._language),
            kind=self._words.label(self._language, "changes.kinds", row.client_kind),
            channel=self._words.label(self._language, "asking.channels", row.channel),
        )

    def _corrections(self, found: ChangesAnswer) -> list[Block]:
        if not found.corrections:
            return []
        said = [self._correction(change) for change in found.corrections[:_MOST_ROWS]]
        return [Text(self._say("corrections")), Items(said)]

    def _correction(self, change: RecordedChange) -> str:
        fields = self._words.labels(self._language, "page.fields")
        return self._say(
            "correction",
            on=change.on.isoformat(),
            row=change.item_id,
            field=fields.get(change.field, change.field),
            before=change.before or "–",
            after=change.after or "–",
        )

    def _entries(self, found: ChangesAnswer) -> list[Block]:
        if not found.entries:
            return []
        rows = [self._entry_row(each) for each in found.entries]
        blocks = self._table(self._columns("entry_columns"), rows, self._say("entries"))
        entries = {each.entry.entry_id: each.entry for each in found.entries}
        buttons = [
            Choice(entry.title, payload(Intent.CHOOSE_ENTRY, entry_id=entry_id))
            for entry_id, entry in list(entries.items())[:_MOST_BUTTONS]
        ]
        return [*blocks, Choices(buttons)]

    def _entry_row(self, each: EntryChange) -> list[str]:
        change = each.change
        return [change.on.isoformat(), each.entry.title, change.what, change.by]

    def _table(self, columns: list[Column], rows: list[list[str]], caption: str) -> list[Block]:
        shown: list[Block] = [Table(columns, rows[:_MOST_ROWS], caption)]
        if len(rows) > _MOST_ROWS:
            rest = Table(columns, rows[_MOST_ROWS:])
            shown.append(Details(self._say("more", count=len(rows) - _MOST_ROWS), [rest]))
        return shown

    def _columns(self, table: str) -> list[Column]:
        labels = self._words.labels(self._language, f"changes.{table}")
        return [Column(label) for label in labels.values()]

    def _say(self, key: str, **values: object) -> str:
        return self._words.say(self._language, f"changes.{key}", **values)
