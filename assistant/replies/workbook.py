"""A table as the bytes of an Excel file. Text stays text: no cell of ours is ever a formula."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell as Place
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

type Cell = str | int | float

PLAIN, PERCENT, AMOUNT = "General", "0.0%", "#,##0.00"
_TEXT = "s"
_WIDEST = 60
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a file.

    Attributes
    ----------
    formats
        A number format a column.
    origin
        Lines under the title: model, who took it and when.
    """

    title: str
    columns: Sequence[str]
    formats: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    origin: Sequence[str]


def workbook(sheet: Sheet) -> bytes:
    """Return an Excel file with one sheet: title, origin, then the table under its header."""
    book = Workbook()
    page = book.active
    page.title = sheet.title.translate(_FORBIDDEN)[:_LONGEST_TITLE]
    head = len(sheet.origin) + 3
    for row, text in enumerate((sheet.title, *sheet.origin), start=1):
        _write(page.cell(row, 1), text).font = Font(bold=row == 1, size=14 if row == 1 else 10)
    for column, label in enumerate(sheet.columns, start=1):
        cell = _write(page.cell(head, column), label)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="0F5C63")
    for row, values in enumerate(sheet.rows, start=head + 1):
        for column, (value, form) in enumerate(zip(values, sheet.formats, strict=True), start=1):
            cell = _write(page.cell(row, column), value)
            cell.number_format = form
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    for column, label in enumerate(sheet.columns, start=1):
        longest = max(
            [_width(label), *(_width(str(row[column - 1])[:_WIDEST]) for row in sheet.rows)]
        )
        page.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    page.freeze_panes = page.cell(head + 1, 1)
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A{head}:{last}{head + len(sheet.rows)}"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write(cell: Place, value: Cell) -> Place:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = _TEXT  # a name that begins with = must not become a formula
    return cell


def _width(text: str) -> int:
    """Return how wide a text is in Latin characters; a Chinese one takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)
