"""Rows of a CSV file with their places."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
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


def read_table(
    text: str, name: str, columns: Sequence[str], faults: list[Fault]
) -> Iterator[Cells]:
    """Yield the lines of a CSV file that has exactly the columns, in any order.

    Nothing is yielded where the header is wrong; lines of another length are faults.
    """
    yield from _table(text, name, columns, faults, closed=True)


def read_open_table(
    text: str, name: str, columns: Sequence[str], faults: list[Fault]
) -> Iterator[Cells]:
    """Yield the lines of a CSV file that has at least the columns; see `read_table`."""
    yield from _table(text, name, columns, faults, closed=False)


def _table(
    text: str, name: str, columns: Sequence[str], faults: list[Fault], *, closed: bool
) -> Iterator[Cells]:
    lines = _lines(text, name, faults)
    header = [cell.strip() for cell in next(lines, (1, []))[1]]
    wrong = _header_faults(header, columns if closed else {*columns, *header}, Place(name, 1))
    if not closed:
        wrong += [Place(name, 1).fault(c, "column_missing") for c in columns if c not in header]
    faults.extend(wrong)
    for line, row in lines if not wrong else ():
        here = Place(name, line)
        if len(row) == len(header):
            yield Cells(dict(zip(header, row, strict=True)), here)
        elif any(cell.strip() for cell in row):
            faults.append(here.fault(f"{len(row)} / {len(header)}", "cells_not_columns"))


def _header_faults(header: list[str], columns: Collection[str], place: Place) -> list[Fault]:
    missing = [place.fault(column, "column_missing") for column in columns if column not in header]
    unknown = [place.fault(cell, "column_unknown") for cell in header if cell not in columns]
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
