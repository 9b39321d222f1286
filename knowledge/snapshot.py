"""Everything a content folder says, item by item and field by field, as plain text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.entries import Entry
from knowledge.history import HistoryNote, ItemKind
from knowledge.reading.files import read_text
from knowledge.reading.tables import read_open_table
from knowledge.reading.tariff_file import TARIFF

_LISTS = (
    *("questions", "steps", "papers", "cautions", "mistakes"),
    *("products", "audience", "branches", "related", "services"),
)
_TEXTS = (
    *("title", "department", "phone", "client_kind", "duration", "decided_by", "form"),
    *("version", "effective_from", "effective_to", "source", "notes"),
)
_ROW_ID = "row_id"


@dataclass(frozen=True, slots=True)
class SnapshotItem:
    """An entry in one language, or a tariff row (for which the language is empty).

    Attributes
    ----------
    fields : mapping of str to str
        Front matter and sections, or columns; empty ones are left out.
    by : str
        Who wrote it; empty where nothing says so.
    """

    kind: ItemKind
    item_id: str
    language: str
    fields: Mapping[str, str]
    by: str


def snapshot(
    root: Path, entries: Sequence[Entry], history: Sequence[HistoryNote]
) -> tuple[SnapshotItem, ...]:
    """Return every entry and every row of a folder that was read before without faults."""
    return (*map(_entry, entries), *_rows(root, history))


def _entry(entry: Entry) -> SnapshotItem:
    lists = {name: "\n".join(getattr(entry, name)) for name in _LISTS}
    texts = {name: str(getattr(entry, name) or "") for name in _TEXTS}
    kinds = {f"{name}_kinds": " ".join(kinds) for name, kinds in entry.kinds.items()}
    fields = {name: said for name, said in {**texts, **lists, **kinds}.items() if said}
    return SnapshotItem(ItemKind.ENTRY, entry.entry_id, entry.language, fields, entry.updated_by)


def written_rows(root: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the columns of each tariff row as they are written, empty ones left out."""
    text = read_text(root, TARIFF, []) or ""
    rows: dict[str, Mapping[str, str]] = {}
    for cells in read_open_table(text, TARIFF, (_ROW_ID,), []):
        fields = {name: value.strip() for name, value in cells.values.items() if value.strip()}
        rows[fields.pop(_ROW_ID, "")] = fields
    return rows


def _rows(root: Path, history: Sequence[HistoryNote]) -> Iterator[SnapshotItem]:
    by = {note.item_id: note.by.zh for note in reversed(history) if note.kind is ItemKind.TARIFF}
    for row_id, fields in written_rows(root).items():
        yield SnapshotItem(ItemKind.TARIFF, row_id, "", fields, by.get(row_id, ""))
