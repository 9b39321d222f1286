"""Examples to learn from and to be judged on: a folder of CSV files, or the project's own."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.evaluating.errors import (
    CellEmpty,
    CellTooMany,
    ColumnMissing,
    FileMissing,
    NoRows,
    TooFewIntents,
    Unreadable,
)

OUT_OF_SCOPE = ("oos", "out_of_scope")
_COLUMNS = ("text", "intent")
_BUTTON = "/"  # a button's example, never typed


@dataclass(frozen=True, slots=True)
class Example:
    """A message and its intent."""

    text: str
    intent: str

    @property
    def in_scope(self) -> bool:
        """Whether the assistant is to answer it."""
        return self.intent not in OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Split:
    """What is learnt from, and what is judged."""

    train: tuple[Example, ...]
    test: tuple[Example, ...]


def read_folder(folder: Path) -> dict[str, Split]:
    """Read ``train.csv``, ``test.csv`` and, where there is one, ``valid.csv``.

    Returns
    -------
    dict
        A split for ``test`` and perhaps one for ``valid``, with the same train.

    Raises
    ------
    EvaluationError
        A file is missing or broken; it names file, line and column.
    """
    train = read_csv(folder / "train.csv")
    if len({example.intent for example in train}) < 2:
        raise TooFewIntents(file=folder / "train.csv")
    splits = {"test": Split(train, read_csv(folder / "test.csv"))}
    if (folder / "valid.csv").exists():
        splits["valid"] = Split(train, read_csv(folder / "valid.csv"))
    return splits


def read_project(nlu: Path, held_out: Path) -> Split:
    """Read the project's own training data and every file of the held-out folder."""
    files = sorted(held_out.glob("*.csv"))
    if not files:
        raise FileMissing(file=held_out / "*.csv")
    test = [example for file in files for example in read_csv(file)]
    return Split(tuple(_training_data(nlu)), tuple(test))


def read_csv(file: Path) -> tuple[Example, ...]:
    """Read the examples of a CSV file with the columns text and intent."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            examples = tuple(_rows(file, csv.DictReader(lines)))
    except FileNotFoundError as missing:
        raise FileMissing(file=file) from missing
    except (UnicodeDecodeError, csv.Error, IsADirectoryError) as broken:
        raise Unreadable(file=file, why=broken) from broken
    if not examples:
        raise NoRows(file=file)
    return examples


def _rows(file: Path, reader: "csv.DictReader[str]") -> Iterator[Example]:
    names = reader.fieldnames or ()
    for column in _COLUMNS:
        if column not in names:
            raise ColumnMissing(file=file, column=column, found=", ".join(names))
    for row in reader:
        for column in _COLUMNS:
            if not (row[column] or "").strip():
                raise CellEmpty(file=file, line=reader.line_num, column=column)
        if None in row:  # a comma that was not quoted parts a text in two
            raise CellTooMany(file=file, line=reader.line_num)
        yield Example(row["text"], row["intent"].strip())


def _training_data(folder: Path) -> Iterator[Example]:
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                text = line.removeprefix("- ")
                if not text.startswith(_BUTTON):
                    yield Example(text, block["intent"])
