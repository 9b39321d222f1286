"""Split the tables of a folder into parts, each holding all that is known of its clients.

Clients and their rows in every other table go to the part that the hash of the client's
identifier names, so that each part can be scored alone, wherever it is. Only a few batches are in
memory at a time, whatever the size of the tables.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recommender.checks import LINE
from recommender.columns import Columns
from recommender.errors import ColumnMissing, TableEmpty, ValueRefused
from recommender.scoring.reading import batches, columns_of, find_table

_MOST_BUFFERED = 256 * 1024**2

NUMBER, FLAG, TEXT = "number", "flag", "text"
_NAMES = frozenset({LINE, Columns.CLIENT, Columns.PRODUCT})


@dataclass(frozen=True, slots=True)
class TableWanted:
    """A table of the folder: which columns it must have, and which are read where they are."""

    name: str
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()
    optional: bool = False


def split_table(folder: Path, wanted: TableWanted, into: Path, parts: int) -> dict[str, str] | None:
    """Write one table as ``into/NNNNN/name.parquet``, a file a part that has rows.

    Returns
    -------
    dict or None
        Whether each column holds numbers, flags or text, judged over the whole table as training
        judges it; None for an optional table that is not there.

    Raises
    ------
    DataError
        The table cannot be read, or a needed column is missing or has an empty cell.
    """
    if wanted.optional and not _is_there(folder, wanted.name):
        return None
    path = find_table(folder, wanted.name)
    header = columns_of(path)
    for column in wanted.needed:
        if column not in header:
            raise ColumnMissing(path.name, column)
    kinds: dict[str, str] = {}
    rows = 0
    with _Parts(into, wanted.name) as out:
        for batch in batches(path, (*wanted.needed, *wanted.others)):
            for column in wanted.needed:
                _check_filled(path.name, batch, column)
            _judge(batch, kinds)
            out.add(_with_text_ids(batch), parts)
            rows += len(batch)
    if not rows and not wanted.optional:
        raise TableEmpty(path.name)
    return kinds


def part_folder(into: Path, number: int) -> Path:
    """Return the folder of a part's tables."""
    return into / f"{number:05d}"


@dataclass(slots=True)
class _Parts:
    """Files that grow by row groups, written when too much is waiting."""

    into: Path
    name: str
    waiting: defaultdict[int, list[pa.Table]] = field(default_factory=lambda: defaultdict(list))
    writers: dict[int, pq.ParquetWriter] = field(default_factory=dict)
    size: int = 0

    def __enter__(self) -> "_Parts":
        return self

    def add(self, batch: pa.Table, parts: int) -> None:
        """Deal the rows of a batch out to the parts."""
        chosen = part_of(batch[Columns.CLIENT].to_numpy(), parts)
        order = np.argsort(chosen, kind="stable")
        dealt = batch.take(pa.array(order))
        bounds = np.searchsorted(chosen[order], np.arange(parts + 1))
        for part in range(parts):
            first, last = int(bounds[part]), int(bounds[part + 1])
            if last > first:
                self.waiting[part].append(dealt.slice(first, last - first))
        self.size += dealt.nbytes
        if self.size > _MOST_BUFFERED:
            self.write()

    def write(self) -> None:
        """Append what is waiting to the files."""
        for part, tables in self.waiting.items():
            table = pa.concat_tables(tables)
            if part not in self.writers:
                path = part_folder(self.into, part) / f"{self.name}.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                self.writers[part] = pq.ParquetWriter(path, table.schema, compression="zstd")
            self.writers[part].write_table(table)
        self.waiting.clear()
        self.size = 0

    def __exit__(self, *failed: object) -> None:
        if not any(failed):
            self.write()
        for writer in self.writers.values():
            writer.close()


def part_of(client_ids: Sequence[str] | np.ndarray, parts: int) -> np.ndarray:
    """Return the part of each client, shape (clients,): the hash of its identifier, modulo parts.

    The hash has a fixed key, so every machine and every run deals alike.
    """
    texts = np.asarray(client_ids, dtype=object)
    return (pd.util.hash_array(texts, categorize=False) % np.uint64(parts)).astype(np.int64)


def _is_there(folder: Path, name: str) -> bool:
    return any((folder / f"{name}.{ending}").is_file() for ending in ("csv", "parquet"))


def _check_filled(table: str, batch: pa.Table, column: str) -> None:
    if batch[column].null_count:
        row = int(np.flatnonzero(batch[column].is_null().to_numpy())[0])
        raise ValueRefused(table, batch[LINE][row].as_py(), column, None, "is empty")


def _with_text_ids(batch: pa.Table) -> pa.Table:
    for column in (Columns.CLIENT, Columns.PRODUCT):
        if column in batch.column_names and not pa.types.is_string(batch.schema.field(column).type):
            place = batch.column_names.index(column)
            batch = batch.set_column(place, column, pc.cast(batch[column], pa.string()))
    return batch


def _judge(batch: pa.Table, kinds: dict[str, str]) -> None:
    """Keep what all values of a column so far can be read as; text stays text."""
    for name in batch.column_names:
        column, known = batch[name], kinds.get(name)
        if name in _NAMES or known == TEXT or column.null_count == len(column):
            continue
        candidates = (NUMBER, FLAG) if known is None else (known,)
        kinds[name] = next((kind for kind in candidates if _reads_as(column, kind)), TEXT)


def _reads_as(column: pa.ChunkedArray, kind: str) -> bool:
    if not pa.types.is_string(column.type):
        own = {NUMBER: (pa.types.is_integer, pa.types.is_floating), FLAG: (pa.types.is_boolean,)}
        return any(is_kind(column.type) for is_kind in own[kind])
    try:
        _as(column, kind)
    except pa.ArrowInvalid:
        return False
    return True


def _as(column: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    target = pa.float64() if kind == NUMBER else pa.bool_()
    return pc.cast(pc.utf8_trim_whitespace(column), target)


def as_judged(table: pa.Table, kinds: Mapping[str, str]) -> pa.Table:
    """Turn text columns of a part into what the whole table's columns are."""
    for place, name in enumerate(table.column_names):
        kind = kinds.get(name, TEXT)
        if kind != TEXT and pa.types.is_string(table[name].type):
            table = table.set_column(place, name, _as(table[name], kind))
    return table
