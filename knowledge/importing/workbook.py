"""Rows of a workbook, old or new or open format, with their places and merged cells filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from knowledge.errors import Fault
from knowledge.reading.place import Place

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_WITH_FORMATS = frozenset({".xlsx", ".xlsm"})

type CellValue = str | int | float | bool | date | datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the sheet shows it, and its cells from column A on."""

    number: int
    cells: tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes
    ----------
    rows : tuple of SheetRow
        Blank rows left out, merged cells filled with what stands in their first.
    percents : frozenset of tuple of int
        (row number, column from 0) of the numbers shown as percentages; .xls and .ods do not
        tell.
    """

    file: str
    name: str
    rows: tuple[SheetRow, ...]
    percents: frozenset[tuple[int, int]]

    def place(self, row: int, column: str = "") -> Place:
        """Return a place of the sheet."""
        return Place(f"{self.file}[{self.name}]", row, column)


def read_workbook(path: Path, faults: list[Fault]) -> list[Sheet]:
    """Return the sheets that hold anything; a workbook that cannot be read is a fault."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = workbook.sheet_names
        percents = _percents(path)
        sheets = [_sheet(path, workbook.get_sheet_by_name(name), percents) for name in names]
    except (CalamineError, OSError, KeyError, ValueError) as unreadable:
        faults.append(Place(path.name).fault(str(unreadable), "workbook_broken"))
        return []
    return [sheet for sheet in sheets if sheet.rows]


def _sheet(
    path: Path, sheet: CalamineSheet, percents: Mapping[str, frozenset[tuple[int, int]]]
) -> Sheet:
    grid = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    filled = [any(str(cell).strip() for cell in row) for row in grid]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(grid, (top, left, bottom, right))
    rows = tuple(
        SheetRow(number, tuple(cells)) for number, cells in enumerate(grid, 1) if filled[number - 1]
    )
    return Sheet(path.name, sheet.name, rows, percents.get(sheet.name, frozenset()))


def _plain(cell: object) -> CellValue:
    if isinstance(cell, str | bool | int | float | date):
        return cell
    return str(cell) if isinstance(cell, time) else ""


def _fill(grid: list[list[CellValue]], area: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = area
    for row in range(top, min(bottom + 1, len(grid))):
        for column in range(left, min(right + 1, len(grid[row]))):
            grid[row][column] = grid[top][left]


def _percents(path: Path) -> dict[str, frozenset[tuple[int, int]]]:
    """Return which numbers a workbook shows as percentages, by sheet."""
    if path.suffix.lower() not in _WITH_FORMATS:
        return {}
    workbook = openpyxl.load_workbook(path, data_only=True)
    try:
        return {sheet.title: frozenset(_percent_cells(sheet)) for sheet in workbook.worksheets}
    finally:
        workbook.close()


def _percent_cells(sheet: "openpyxl.worksheet.worksheet.Worksheet") -> Iterator[tuple[int, int]]:
    for row in sheet.iter_rows():
        for cell in row:
            if "%" in (cell.number_format or "") and isinstance(cell.value, int | float):
                yield cell.row, cell.column - 1
