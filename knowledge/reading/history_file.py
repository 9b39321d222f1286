"""The notes of changes from ``history.csv``; without the file there are none."""

from pathlib import Path

from knowledge.errors import Fault
from knowledge.history import HistoryNote, ItemKind
from knowledge.language import Bilingual
from knowledge.reading.files import read_text
from knowledge.reading.tables import Cells, read_table
from knowledge.reading.values import read_choice, read_date

HISTORY = "history.csv"
HISTORY_COLUMNS = ("on", "kind", "item", "by_zh", "by_en", "what_zh", "what_en")
_REQUIRED = ("item", "by_zh", "by_en", "what_zh", "what_en")


def read_history(root: Path, faults: list[Fault]) -> tuple[HistoryNote, ...]:
    """Read the notes, the newest first."""
    if not (root / HISTORY).exists():
        return ()
    text = read_text(root, HISTORY, faults) or ""
    lines = read_table(text, HISTORY, HISTORY_COLUMNS, faults)
    notes = [note for cells in lines if (note := _note(cells, faults))]
    return tuple(sorted(notes, key=lambda note: note.on, reverse=True))


def _note(cells: Cells, faults: list[Fault]) -> HistoryNote | None:
    cells.require(_REQUIRED, faults)
    kind = read_choice(cells.cell("kind"), ItemKind, faults)
    on = read_date(cells.cell("on"), faults)
    if kind is None:
        return None
    return HistoryNote(
        on=on,
        kind=kind,
        item_id=cells.cell("item")[0],
        by=Bilingual(cells.cell("by_zh")[0], cells.cell("by_en")[0]),
        what=Bilingual(cells.cell("what_zh")[0], cells.cell("what_en")[0]),
        line=cells.place.line,
    )
