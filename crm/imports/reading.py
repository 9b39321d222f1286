"""Read one file of the import directory into rows, noting every fault on the way."""

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crm.imports.faults import Fault
from crm.imports.schema import Column, FileForm
from crm.imports.values import BadValue

Row = dict[str, object]

_BOM = b"\xef\xbb\xbf"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read of a file.

    Attributes
    ----------
    name : str
        Name of the file.
    rows : list of Row
        One mapping a row, column name to value; a faulty value is None.
    lines : list of int
        The line each row begins on.
    faulty : frozenset of int
        The lines with a faulty cell.
    complete : bool
        False when some rows or ids could not be read, so that nothing may be concluded from
        what is not among the rows.
    """

    name: str
    rows: list[Row]
    lines: list[int]
    faulty: frozenset[int]
    complete: bool


def read_sheet(directory: Path, form: FileForm) -> tuple[Sheet, list[Fault]]:
    """Read one file, with everything that is wrong in its cells."""
    faults: list[Fault] = []
    header, lines, records = _records(form.name, _content(directory / form.name, faults), faults)
    if header:
        _check_header(form, header, faults)
    cells = dict(zip(header, zip(*records, strict=True), strict=False))
    present = [column for column in form.columns if column.name in cells or not column.absent]
    columns = [
        _values(form.name, column, lines, cells.get(column.name), faults) for column in present
    ]
    names = [column.name for column in present]
    sheet = Sheet(
        form.name,
        [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)],
        lines,
        faulty=frozenset(fault.line for fault in faults),
        complete=not any(fault.column in ("", *form.key) for fault in faults),
    )
    return sheet, faults


def _content(path: Path, faults: list[Fault]) -> str:
    """Return the text of a file; empty when it cannot be had."""
    try:
        content = path.read_bytes().removeprefix(_BOM)
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "", "", "missing_file"))
        return ""
    except OSError as error:
        faults.append(Fault(path.name, 0, "", "", "unreadable_file", {"why": str(error.strerror)}))
        return ""
    if not content.strip():
        faults.append(Fault(path.name, 0, "", "", "empty_file"))
        return ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02X}"
        faults.append(Fault(path.name, line, "", byte, "not_utf8", {"byte": str(error.start + 1)}))
        return ""


def _records(
    name: str, content: str, faults: list[Fault]
) -> tuple[list[str], list[int], list[list[str]]]:
    """Split the text into the header, the line each record begins on, and the records."""
    header: list[str] = []
    lines: list[int] = []
    records: list[list[str]] = []
    for line, cells in _numbered(name, content, faults):
        if not header:
            header = [cell.strip() for cell in cells]
        elif len(cells) == len(header):
            lines.append(line)
            records.append(cells)
        else:
            detail = {"found": str(len(cells)), "expected": str(len(header))}
            shown = ",".join(cells)[:_SHOWN]
            faults.append(Fault(name, line, "", shown, "ragged", detail))
    return header, lines, records


def _numbered(name: str, content: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(name, begins, "", "", "bad_csv", {"why": str(error)}))


def _check_header(form: FileForm, header: list[str], faults: list[Fault]) -> None:
    expected = [column.name for column in form.columns]
    for name in (column.name for column in form.columns if not column.absent):
        if name not in header:
            faults.append(Fault(form.name, 1, name, "", "missing_column"))
    for position, name in enumerate(header):
        if name in header[:position]:
            faults.append(Fault(form.name, 1, name, name, "repeated_column"))
        elif name not in expected:
            near = difflib.get_close_matches(name, expected, n=1)
            detail = {"columns": near[0] if near else ", ".join(expected)}
            faults.append(Fault(form.name, 1, name, name, "unknown_column", detail))


def _values(
    file: str, column: Column, lines: list[int], cells: Sequence[str] | None, faults: list[Fault]
) -> list[object]:
    if cells is None:
        return [column.empty] * len(lines)
    # Most cells repeat (ids, codes, zeros): each distinct text is read once.
    known = {cell: _read(column, cell.strip()) for cell in set(cells)}
    bad = {cell: value for cell, value in known.items() if isinstance(value, BadValue)}
    if bad:
        for line, cell in zip(lines, cells, strict=True):
            if cell in bad:
                shown, why = cell.strip()[:_SHOWN], bad[cell]
                faults.append(Fault(file, line, column.name, shown, why.code, why.detail))
        known |= dict.fromkeys(bad, column.empty)
    return [known[cell] for cell in cells]


def _read(column: Column, text: str) -> object | BadValue:
    if not text:
        return BadValue("required") if column.required else column.empty
    try:
        return column.parse(text)
    except BadValue as bad:
        return bad
