"""Holdings in time: what was held on a day, what was opened later, what was held before.

Nothing later may explain something earlier: a card opened because of a payroll account is no
reason for the account. What is opened on one day comes as one package, and no part of it explains
another.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.checks import refuse
from recommender.columns import Columns
from recommender.contexts import Contexts
from recommender.dataset import Dataset

HIDDEN_SHARE = 0.1
UNREADABLE = "is not a date YYYY-MM-DD"


def later_openings(
    dataset: Dataset, since: date | None = None
) -> tuple[Dataset, pd.DataFrame, date]:
    """Cut holdings at a day.

    Parameters
    ----------
    dataset
        Holdings with a column opened_on, and closed_on where some have ended.
    since
        By default the day from which a tenth of all openings follow.

    Returns
    -------
    tuple
        What was held on the eve; the pairs opened from the day on by clients who held something
        on the eve and did not hold the product then; the day.
    """
    opened, closed = _days(dataset.holdings)
    first = pd.Timestamp(since) if since else _late_day(opened)
    before = opened < first
    running = before & ~(closed < first)
    held = dataset.holdings[running].drop_duplicates(_PAIR)
    after = dataset.holdings[~before].drop_duplicates(_PAIR)
    known = after[Columns.CLIENT].isin(held[Columns.CLIENT])
    pairs = pd.MultiIndex.from_frame(after[_PAIR]).isin(pd.MultiIndex.from_frame(held[_PAIR]))
    return replace(dataset, holdings=held), after.loc[known & ~pairs, _PAIR], first.date()


def is_dated(dataset: Dataset) -> bool:
    """Tell whether every holding says when it was opened."""
    holdings = dataset.holdings
    return Columns.OPENED in holdings.columns and bool(holdings[Columns.OPENED].notna().all())


def before_opening(dataset: Dataset) -> Contexts:
    """Make one training row a holding: what else the client held before the day it was opened."""
    opened, _ = _days(dataset.holdings)
    clients = dataset.client_ids.rows(dataset.holdings[Columns.CLIENT])
    products = dataset.product_ids.rows(dataset.holdings[Columns.PRODUCT])
    day = opened.to_numpy(dtype="datetime64[D]").astype(np.int64)
    order = np.lexsort((products, day, clients))
    clients, products, day = clients[order], products[order], day[order]
    rows, columns = _pairs_before(clients, day)
    others = _ones(rows, products[columns], (len(clients), len(dataset.product_ids)))
    return Contexts(clients, products, _without(others, products))


_PAIR = [Columns.CLIENT, Columns.PRODUCT]


def _pairs_before(
    clients: NDArray[np.int64], day: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every holding with each of the same client that began on an earlier day."""
    rows, columns = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for lag in range(1, int(np.bincount(clients).max(initial=1))):
        later, earlier = np.arange(lag, len(clients)), np.arange(len(clients) - lag)
        kept = (clients[later] == clients[earlier]) & (day[earlier] < day[later])
        rows.append(later[kept])
        columns.append(earlier[kept])
    return np.concatenate(rows), np.concatenate(columns)


def _ones(
    rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]
) -> sp.csr_matrix:
    pairs = np.unique(np.stack([rows, columns]), axis=1)
    ones = np.ones(pairs.shape[1], dtype=np.float32)
    return sp.csr_matrix((ones, (pairs[0], pairs[1])), shape)


def _without(others: sp.csr_matrix, products: NDArray[np.int64]) -> sp.csr_matrix:
    """Take the target out, should the same product have been held before."""
    own = _ones(np.arange(len(products)), products, others.shape)
    kept = others - others.multiply(own)
    kept.eliminate_zeros()
    return sp.csr_matrix(kept)


def _late_day(opened: "pd.Series[pd.Timestamp]") -> pd.Timestamp:
    ordered = opened.sort_values(ignore_index=True)
    return pd.Timestamp(ordered.iloc[int(len(ordered) * (1 - HIDDEN_SHARE))]).normalize()


def _days(holdings: pd.DataFrame) -> tuple["pd.Series[pd.Timestamp]", "pd.Series[pd.Timestamp]"]:
    opened = _read_days(holdings, Columns.OPENED, needed=True)
    if Columns.CLOSED not in holdings.columns:
        return opened, pd.Series(pd.NaT, index=holdings.index, dtype="datetime64[ns]")
    return opened, _read_days(holdings, Columns.CLOSED, needed=False)


def _read_days(holdings: pd.DataFrame, column: str, *, needed: bool) -> "pd.Series[pd.Timestamp]":
    days = pd.to_datetime(holdings[column], format="ISO8601", errors="coerce")
    wrong = days.isna() if needed else days.isna() & holdings[column].notna()
    places = np.flatnonzero(wrong.to_numpy())
    if len(places):
        raise refuse("holdings.csv", holdings, column, int(places[0]), UNREADABLE)
    return days
