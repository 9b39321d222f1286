"""Rows of a sheet into ``tariff.csv``, and a note of each into ``history.csv``."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Fault
from knowledge.importing.entry_file import Import
from knowledge.importing.tariff_sheet import COLUMNS, SheetTariffRow
from knowledge.importing.words import load_words
from knowledge.language import LANGUAGES
from knowledge.reading.history_file import HISTORY, HISTORY_COLUMNS
from knowledge.reading.tariff_file import TARIFF

_ROW_ID = "row_id"

type Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class MergedTariff:
    """What the files are to say, and which line of the tariff came from which row.

    Attributes
    ----------
    origins : mapping of int to SheetTariffRow
        By line of the new ``tariff.csv``.
    added, changed : tuple of str
        Ids of rows; rows that say what they said are neither.
    """

    files: Mapping[str, str]
    origins: Mapping[int, SheetTariffRow]
    added: tuple[str, ...]
    changed: tuple[str, ...]


def merge_tariff(
    root: Path, rows: Sequence[SheetTariffRow], made: Import, faults: list[Fault]
) -> MergedTariff:
    """Put rows in the place of those with the same id, and others at the end."""
    columns, known = _read(root / TARIFF, COLUMNS)
    columns += [name for name in COLUMNS if name not in columns and _used(rows, name)]
    at = {row[_ROW_ID]: number for number, row in enumerate(known)}
    origins: dict[int, SheetTariffRow] = {}
    notes: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    for row in rows:
        row_id = row.values[_ROW_ID]
        if row_id in seen:
            place = row.place.at(row.place.line, row.headings.get(_ROW_ID, _ROW_ID))
            faults.append(place.fault(row_id, "id_repeated"))
        seen.add(row_id)
        before = known[at[row_id]] if row_id in at else None
        values = {name: row.values.get(name, "") for name in columns}
        if before is None:
            at[row_id] = len(known)
            known.append(values)
            notes[row_id] = ("row_added", "")
        else:
            differing = [name for name in columns if before.get(name, "") != values[name]]
            if differing:
                notes[row_id] = ("row_changed", ", ".join(differing))
            known[at[row_id]] = values
        origins[at[row_id]] = row
    text, lines = _written(columns, known)
    files = {TARIFF: text} if notes else {}
    if notes:
        files[HISTORY] = _history(root, rows, notes, made)
    return MergedTariff(
        files=files,
        origins={lines[number]: row for number, row in origins.items()},
        added=tuple(row_id for row_id, (kind, _) in notes.items() if kind == "row_added"),
        changed=tuple(row_id for row_id, (kind, _) in notes.items() if kind == "row_changed"),
    )


def _used(rows: Sequence[SheetTariffRow], column: str) -> bool:
    return any(row.values.get(column) for row in rows)


def _read(path: Path, otherwise: Sequence[str]) -> tuple[list[str], Rows]:
    if not path.exists():
        return list(otherwise), []
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    rows = [{name: value or "" for name, value in row.items() if name} for row in reader]
    return list(reader.fieldnames or otherwise), rows


def _written(columns: Sequence[str], rows: Rows) -> tuple[str, list[int]]:
    """Return the text of a table, and the line on which each row begins."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue(), _begins(columns, rows)


def _begins(columns: Sequence[str], rows: Rows) -> list[int]:
    line, begins = 2, []
    for row in rows:
        begins.append(line)
        line += 1 + sum(str(row.get(name, "")).count("\n") for name in columns)
    return begins


def _history(
    root: Path,
    rows: Sequence[SheetTariffRow],
    notes: Mapping[str, tuple[str, str]],
    made: Import,
) -> str:
    words = load_words("entry_words")
    columns, lines = _read(root / HISTORY, HISTORY_COLUMNS)
    for row in rows:
        kind, differing = notes.get(row.values[_ROW_ID], ("", ""))
        if not kind:
            continue
        file = row.place.file
        what = {lang: words[kind][lang].format(file=file, columns=differing) for lang in LANGUAGES}
        lines.append(
            {
                "on": made.on.isoformat(),
                "kind": "tariff",
                "item": row.values[_ROW_ID],
                "by_zh": made.by,
                "by_en": made.by,
                "what_zh": what["zh"],
                "what_en": what["en"],
            }
        )
    return _written(columns, lines)[0]
