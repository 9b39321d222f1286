"""What the gate compares of many clients, read from the columns of their table."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender.checks import refuse
from recommender.columns import Columns
from recommender.gate import risk_step
from recommender.gate_block import ClientBlock
from recommender.identifiers import Identifiers

UNTIL = "until"
_TABLE = "clients.csv"
_SEPARATOR = ";"
_YES = ("true", "yes", "1", "1.0")
_NEVER = np.iinfo(np.int64).max
_FIRST_DAY = date(1970, 1, 1).toordinal()

KIND = Columns.KIND
BRANCH = "branch_id"
REGION = "region"
RISK_GRADE = "risk_grade"
RISK_EXPIRES = "risk_expires_on"
BALANCE = "balance_fen"
LICENCES = "licences"
DO_NOT_CONTACT = "do_not_contact"
GATE_COLUMNS = (
    KIND,
    BRANCH,
    REGION,
    RISK_GRADE,
    RISK_EXPIRES,
    BALANCE,
    LICENCES,
    DO_NOT_CONTACT,
)
"""Columns of clients.csv that the gate compares.

Where the column of a grade, place, licence or balance is missing, what needs it is held back.
"""


def gate_clients(
    clients: pd.DataFrame, held: tuple[Identifiers, NDArray[np.bool_]], compared: set[str]
) -> ClientBlock:
    """Lay out a table of clients for the gate, without quiet periods and control group.

    Parameters
    ----------
    held
        The catalogue, and what each client holds of it, shape (clients, products).
    compared
        Attributes that the bank's own limits compare.

    Raises
    ------
    ValueRefused
        A date cannot be read.
    """
    licences = _texts(clients, LICENCES)
    distinct = np.unique(licences)
    return ClientBlock(
        kinds=_texts(clients, KIND),
        branches=_texts(clients, BRANCH),
        regions=_texts(clients, REGION),
        do_not_contact=np.isin(np.char.lower(_texts(clients, DO_NOT_CONTACT)), _YES),
        risk_grades=_by_distinct(_texts(clients, RISK_GRADE), _grade),
        risk_expires=days(_TABLE, clients, RISK_EXPIRES, _NEVER),
        balances=_balances(clients),
        held_ids=held[0],
        held=held[1],
        licences={
            code: np.isin(licences, [text for text in distinct if code in _codes(text)])
            for code in sorted({code for text in distinct for code in _codes(text)})
        },
        attributes={
            name: clients[name].to_numpy() for name in sorted(compared) if name in clients.columns
        },
    )


def days(table: str, frame: pd.DataFrame, column: str, otherwise: int) -> NDArray[np.int64]:
    """Read a column of dates as proleptic ordinals; `otherwise` where there is none.

    Raises
    ------
    ValueRefused
        A value is no date.
    """
    if column not in frame.columns:
        return np.full(len(frame), otherwise, dtype=np.int64)
    given = frame[column]
    read = pd.to_datetime(given, format="ISO8601", errors="coerce")
    wrong = np.flatnonzero((read.isna() & given.notna()).to_numpy())
    if len(wrong):
        raise refuse(table, frame, column, int(wrong[0]), "is no date (YYYY-MM-DD)")
    ordinals = read.to_numpy(dtype="datetime64[D]").astype(np.int64) + _FIRST_DAY
    return np.where(read.isna().to_numpy(), otherwise, ordinals)


def _texts(clients: pd.DataFrame, column: str) -> NDArray[np.str_]:
    if column not in clients.columns:
        return np.full(len(clients), "", dtype=np.str_)
    return clients[column].astype("str").fillna("").to_numpy(dtype=np.str_)


def _by_distinct(texts: NDArray[np.str_], read: Callable[[str], int]) -> NDArray[np.int64]:
    distinct, places = np.unique(texts, return_inverse=True)
    return np.array([read(str(text)) for text in distinct], dtype=np.int64)[places]


def _grade(text: str) -> int:
    """Read a grade as `ClientBlock.risk_grades` has it."""
    return risk_step("C", text) or 0 if text else -1


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(_SEPARATOR) if code.strip()]


def _balances(clients: pd.DataFrame) -> NDArray[np.int64]:
    if BALANCE not in clients.columns:
        return np.full(len(clients), -1, dtype=np.int64)
    numbers = pd.to_numeric(clients[BALANCE], errors="coerce").to_numpy(dtype=np.float64)
    return np.asarray(np.nan_to_num(numbers, nan=-1.0), dtype=np.int64)
