"""Checks of a table, each naming the table, the line, the column and the value it refuses.

A table read from a file carries its line numbers as an index named ``line``; any other counts as
a file would, with the header as line 1.
"""

import numpy as np
import pandas as pd

from recommender.errors import ColumnMissing, TableEmpty, ValueRefused
from recommender.identifiers import Identifiers

LINE = "line"
FIRST_LINE = 2


def check_columns(table: str, frame: pd.DataFrame, *columns: str) -> None:
    """Refuse a table without one of its columns, or without rows."""
    for column in columns:
        if column not in frame.columns:
            raise ColumnMissing(table, column)
    if not len(frame):
        raise TableEmpty(table)


def check_filled(table: str, frame: pd.DataFrame, column: str) -> None:
    """Refuse the first empty cell of a column."""
    _refuse_first(table, frame, column, frame[column].isna().to_numpy(), "is empty")


def check_unique(table: str, frame: pd.DataFrame, column: str) -> None:
    """Refuse the first value that stood in an earlier line."""
    _refuse_first(table, frame, column, frame[column].duplicated().to_numpy(), "occurs twice")


def check_known(table: str, frame: pd.DataFrame, column: str, known: Identifiers) -> None:
    """Refuse the first identifier that is not known."""
    _refuse_first(table, frame, column, known.rows(frame[column]) < 0, "is not known")


def refuse(table: str, frame: pd.DataFrame, column: str, position: int, why: str) -> ValueRefused:
    """Make the error for the cell at a position."""
    own_lines = frame.index.name == LINE
    line = int(frame.index[position]) if own_lines else FIRST_LINE + position
    return ValueRefused(table, line, column, frame[column].iloc[position], why)


def _refuse_first(
    table: str, frame: pd.DataFrame, column: str, wrong: np.ndarray, why: str
) -> None:
    positions = np.flatnonzero(wrong)
    if len(positions):
        raise refuse(table, frame, column, int(positions[0]), why)
