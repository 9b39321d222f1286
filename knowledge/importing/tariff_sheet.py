"""Tariff rows from a workbook: whatever columns the tariff has, headed as people head them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Fault
from knowledge.importing.cells import cell_text
from knowledge.importing.words import folded, load_words
from knowledge.importing.workbook import CellValue, Sheet, SheetRow, read_workbook
from knowledge.reading import tariff_file
from knowledge.reading.place import Place

COLUMNS = (*tariff_file.COLUMNS, *getattr(tariff_file, "OPTIONAL", ()))
_NEEDED = frozenset({"row_id", "service"})
_LAST_HEADER_ROW = 20


@dataclass(frozen=True, slots=True)
class SheetTariffRow:
    """A tariff row of a sheet.

    Attributes
    ----------
    values : mapping of str to str
        By column of the tariff, as the tariff writes it.
    typed : mapping of str to str
        By column, as it was typed.
    headings : mapping of str to str
        By column, how the sheet heads it.
    """

    values: Mapping[str, str]
    typed: Mapping[str, str]
    headings: Mapping[str, str]
    place: Place


def read_tariff_workbook(path: Path, faults: list[Fault]) -> list[SheetTariffRow]:
    """Return the rows of every sheet that has a tariff's header; none at all is a fault."""
    rows: list[SheetTariffRow] = []
    headed = False
    before = len(faults)
    for sheet in read_workbook(path, faults):
        header = _header(sheet)
        if header is not None:
            headed = True
            rows.extend(_rows(sheet, *header, faults))
    if not headed and len(faults) == before:
        faults.append(Place(path.name).fault(path.name, "no_tariff_sheet"))
    elif not rows and len(faults) == before:
        faults.append(Place(path.name).fault("", "nothing_in_file"))
    return rows


def _header(sheet: Sheet) -> tuple[int, Mapping[int, str]] | None:
    """Return the index of the last header row, and which column stands where."""
    best: tuple[int, Mapping[int, str]] | None = None
    for index, row in enumerate(sheet.rows):
        if row.number > _LAST_HEADER_ROW:
            break
        found = _columns(row, sheet.rows[index - 1] if index else None)
        named = set(found.values())
        if named >= _NEEDED and (best is None or len(found) > len(best[1])):
            best = (index, found)
    return best


def _columns(row: SheetRow, above: SheetRow | None) -> dict[int, str]:
    known = _known()
    found: dict[int, str] = {}
    for at, cell in enumerate(row.cells):
        upper = folded(str(above.cells[at])) if above and at < len(above.cells) else ""
        own = folded(str(cell))
        said = [own, f"{upper}{own}", f"{upper} {own}", upper if own in ("", upper) else ""]
        column = next((known[text] for text in said if text in known), None)
        if column is not None and column not in found.values():
            found[at] = column
    return found


def _known() -> dict[str, str]:
    words: Mapping[str, Sequence[str]] = load_words("tariff_words")["headers"]
    own = {column: column for column in COLUMNS} | {
        column.replace("_", " "): column for column in COLUMNS
    }
    return own | {folded(word): column for column, said in words.items() for word in said}


def _rows(
    sheet: Sheet, header: int, columns: Mapping[int, str], faults: list[Fault]
) -> Iterator[SheetTariffRow]:
    top = sheet.rows[header]
    headings = {column: str(top.cells[at]).strip() or column for at, column in columns.items()}
    for at, cell in enumerate(top.cells):
        if str(cell).strip() and at not in columns:
            faults.append(
                sheet.place(top.number, str(cell)).fault(str(cell).strip(), "column_unknown")
            )
    for row in sheet.rows[header + 1 :]:
        cells = {column: row.cells[at] for at, column in columns.items() if at < len(row.cells)}
        values = {
            column: cell_text(column, cells[column], percent=(row.number, at) in sheet.percents)
            for at, column in columns.items()
            if column in cells
        }
        if any(values.values()):
            typed = {column: _typed(cell) for column, cell in cells.items()}
            yield SheetTariffRow(_complete(values), typed, headings, sheet.place(row.number))


def _typed(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _complete(values: Mapping[str, str]) -> Mapping[str, str]:
    """Return a value for each column; what a sheet may leave out is what is usual."""
    defaults: Mapping[str, str] = load_words("tariff_words")["defaults"]
    return {column: values.get(column) or defaults.get(column, "") for column in COLUMNS}
