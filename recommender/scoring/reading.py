"""Tables of any size read batch by batch: CSV with every column as text, or Parquet."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from recommender.checks import FIRST_LINE, LINE
from recommender.errors import ColumnMissing, TableEmpty, TableMissing

EMPTY = ("", "NA", "N/A", "n/a", "<NA>", "NaN", "nan", "-nan", "NULL", "null", "None", "#N/A")
"""What counts as a missing value in a CSV file, as training reads it."""
_BATCH_BYTES = 8 * 1024**2
_BATCH_ROWS = 65_536


def find_table(folder: Path, name: str) -> Path:
    """Find ``name.parquet`` or ``name.csv``.

    Raises
    ------
    TableMissing
        Neither is there.
    """
    for ending in ("parquet", "csv"):
        path = folder / f"{name}.{ending}"
        if path.is_file():
            return path
    raise TableMissing(f"{name}.csv")


def columns_of(path: Path) -> list[str]:
    """Return the names in the header.

    Raises
    ------
    DataError
        The file cannot be read, or is empty.
    """
    if path.suffix == ".parquet":
        try:
            return list(pq.read_schema(path).names)
        except (OSError, pa.ArrowInvalid) as error:
            raise TableMissing(path.name, _told(error)) from error
    try:
        with path.open(encoding="utf-8-sig") as file:
            header = file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise TableMissing(path.name, _told(error)) from error
    if not header.strip():
        raise TableEmpty(path.name)
    read = csv.read_csv(pa.py_buffer(header.encode()))
    return list(read.column_names)


def batches(path: Path, wanted: Sequence[str]) -> Iterator[pa.Table]:
    """Read the wanted columns that are there, and `LINE`, the line of each row.

    Blank lines of a CSV file are passed over and not counted.

    Raises
    ------
    DataError
        The file cannot be read; the reader's message names the row.
    """
    present = [name for name in columns_of(path) if name in set(wanted)]
    first = FIRST_LINE
    try:
        for batch in _read(path, present):
            lines = pa.array(np.arange(first, first + len(batch)))
            yield pa.Table.from_batches([batch]).append_column(LINE, lines)
            first += len(batch)
    except (OSError, pa.ArrowInvalid) as error:
        raise TableMissing(path.name, _told(error)) from error


def whole(path: Path, wanted: Sequence[str], needed: str) -> pa.Table:
    """Read a small table at once.

    Raises
    ------
    DataError
        As in `batches`, or there are no rows or not the needed column.
    """
    if needed not in columns_of(path):
        raise ColumnMissing(path.name, needed)
    parts = list(batches(path, wanted))
    if not sum(map(len, parts)):
        raise TableEmpty(path.name)
    return pa.concat_tables(parts)


def count_rows(path: Path) -> int:
    """Count rows; for CSV the lines, which is no less."""
    if path.suffix == ".parquet":
        return int(pq.read_metadata(path).num_rows)
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(_BATCH_BYTES), b"")
        return sum(chunk.count(b"\n") for chunk in chunks)


def _read(path: Path, present: list[str]) -> Iterator[pa.RecordBatch]:
    if path.suffix == ".parquet":
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(_BATCH_ROWS, columns=present)
        return
    reader = csv.open_csv(
        path,
        read_options=csv.ReadOptions(block_size=_BATCH_BYTES),
        convert_options=csv.ConvertOptions(
            column_types=dict.fromkeys(present, pa.string()),
            include_columns=present,
            null_values=EMPTY,
            strings_can_be_null=True,
        ),
    )
    with reader:
        yield from reader


def _told(error: Exception) -> str:
    return str(error).strip().replace("\n", " ")
