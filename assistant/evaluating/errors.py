"""Why examples cannot be measured; each has one sentence in ``evaluate.yml``.

EvaluationError
├── FileMissing        a folder lacks a file it needs
├── Unreadable         a file is not UTF-8 text in rows
├── ColumnMissing      a file has no such column
├── CellEmpty          a row lacks its text or its intent
├── CellTooMany        a row has more cells than the file has columns
├── NoRows             a file has a heading and nothing else
├── TooFewIntents      there is nothing to tell apart
└── MeasuringFailed    the dialogue environment could not do it
"""

from typing import ClassVar


class EvaluationError(Exception):
    """Examples cannot be measured.

    Attributes
    ----------
    key
        Name of the sentence.
    values
        What fills it.
    """

    key: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.key, values)
        self.values = values


class FileMissing(EvaluationError):
    """A folder lacks a file."""

    key = "file_missing"


class Unreadable(EvaluationError):
    """A file is not UTF-8 text in rows."""

    key = "unreadable"


class ColumnMissing(EvaluationError):
    """A file has no such column."""

    key = "column_missing"


class CellEmpty(EvaluationError):
    """A row lacks its text or its intent."""

    key = "cell_empty"


class CellTooMany(EvaluationError):
    """A row has more cells than the file has columns."""

    key = "cell_too_many"


class NoRows(EvaluationError):
    """A file has no rows."""

    key = "no_rows"


class TooFewIntents(EvaluationError):
    """Two intents or more are needed."""

    key = "too_few_intents"


class MeasuringFailed(EvaluationError):
    """The dialogue environment could not do it."""

    key = "measuring_failed"
