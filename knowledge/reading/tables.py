"""Rows of a CSV file with their places."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import Fault
from knowledge.reading.place import Place


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of a CSV file."""

    values: Mapping[str, str]
    place: Place

    def cell(self, column: str) -> tuple[str, Place]:
        """Return a cell without outer blanks, and its place."""
        return self.values[column].strip(), self.place.at(self.place.line, column)

    def require(self, columns: Sequence[str], faults: list[Fault]) -> None:
        """Tell every one of the cells that is empty."""
        for column in columns:
            value, place = self.cell(column)
            if not value:
                faults.append(place.fault("", "field_missing"))


def read_table(
    text: str,
    name: str,
    columns: Sequence[str],
    faults: list[Fault],
    optional: Sequence[str] = (),
) -> Iterator[Cells]:
    """Yield the lines of a CSV file that has exactly the columns, in any order.

    Nothing is yielded where the header is wrong; lines of another length are faults. A column
    that is optional may be left out and then reads as empty.
    """
    lines = _lines(text, name, faults)
    header = [cell.strip() for cell in next(lines, (1, []))[1]]
    wrong = _header_faults(header, columns, optional, Place(name, 1))
    faults.extend(wrong)
    for line, row in lines if not wrong else ():
        here = Place(name, line)
        if len(row) == len(header):
            left_out = dict.fromkeys(optional, "")
            yield Cells(left_out | dict(zip(header, row, strict=True)), here)
        elif any(cell.strip() for cell in row):
            faults.append(here.fault(f"{len(row)} / {len(header)}", "cells_not_columns"))


def read_open_table(
    text: str, name: str, columns: Sequence[str], faults: list[Fault]
) -> Iterator[Cells]:
    """Yield the lines of a CSV file that has at least the columns; see `read_table`."""
    header = [cell.strip() for cell in next(_lines(text, name, []), (1, []))[1]]
    yield from read_table(text, name, columns, faults, optional=header)


def _header_faults(
    header: list[str], columns: Sequence[str], optional: Sequence[str], place: Place
) -> list[Fault]:
    known = {*columns, *optional}
    missing = [place.fault(column, "column_missing") for column in columns if column not in header]
    unknown = [place.fault(cell, "column_unknown") for cell in header if cell not in known]
    repeated = {cell for cell in header if header.count(cell) > 1}
    return [*missing, *unknown, *(place.fault(cell, "field_repeated") for cell in repeated)]


def _lines(text: str, name: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the lines they begin on."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Place(name, line).fault(str(error), "csv_broken"))
