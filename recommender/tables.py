"""Read the tables of a folder: clients.csv, holdings.csv, heldout.csv, products.csv."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from recommender.checks import FIRST_LINE, LINE, check_columns, check_filled, check_known, refuse
from recommender.columns import Columns
from recommender.dataset import Dataset
from recommender.errors import NothingToFind, TableEmpty, TableMissing
from recommender.openings import later_openings

CLIENTS = "clients.csv"
HOLDINGS = "holdings.csv"
HELDOUT = "heldout.csv"
PRODUCTS = "products.csv"


@dataclass(frozen=True, slots=True)
class HiddenHoldings:
    """What methods may see, and what they are asked to find.

    Attributes
    ----------
    hidden
        Columns client_id and product_id.
    about
        How the holdings were hidden.
    """

    visible: Dataset
    hidden: pd.DataFrame
    about: Mapping[str, object]


def read_evaluation(folder: Path, *, ask: bool = True) -> HiddenHoldings:
    """Read what is visible and what is hidden in heldout.csv; without asking, nothing is hidden.

    The catalogue is products.csv where there is one, else every product that occurs.

    Raises
    ------
    DataError
        In one sentence with file, line, column and value.
    """
    clients = _read(folder / CLIENTS, Columns.CLIENT)
    holdings = _read(folder / HOLDINGS, Columns.CLIENT, Columns.PRODUCT)
    hidden = _read(folder / HELDOUT, Columns.CLIENT, Columns.PRODUCT) if ask else _NOBODY
    pairs = holdings[[Columns.CLIENT, Columns.PRODUCT]]
    visible = Dataset.of(clients, pairs, _catalogue(folder, holdings, hidden))
    for column in (Columns.CLIENT, Columns.PRODUCT):
        check_filled(HELDOUT, hidden, column)
    check_known(HELDOUT, hidden, Columns.CLIENT, visible.client_ids)
    check_known(HELDOUT, hidden, Columns.PRODUCT, visible.product_ids)
    if len(hidden):
        _check_hidden(visible, hidden)
    return HiddenHoldings(visible, hidden, {"split": HELDOUT})


_NOBODY = pd.DataFrame({Columns.CLIENT: [], Columns.PRODUCT: []}, dtype="str")


def read_later_openings(folder: Path, since: date | None) -> HiddenHoldings:
    """Read dated holdings: visible is what was held before a day, hidden what opened from then on.

    Parameters
    ----------
    since
        By default the day from which a tenth of all openings follow.

    Raises
    ------
    DataError
        Also where holdings.csv has no column opened_on or a day in it cannot be read.
    """
    clients = _read(folder / CLIENTS, Columns.CLIENT)
    holdings = _read(folder / HOLDINGS, Columns.CLIENT, Columns.PRODUCT, Columns.OPENED)
    whole = Dataset.of(clients, holdings, _catalogue(folder, holdings, holdings))
    visible, hidden, day = later_openings(whole, since)
    if hidden.empty:
        raise NothingToFind(day.isoformat())
    return HiddenHoldings(visible, hidden, {"split": "time", "since": day.isoformat()})


def _catalogue(folder: Path, holdings: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    if (folder / PRODUCTS).exists():
        return _read(folder / PRODUCTS, Columns.PRODUCT)
    occurring = pd.concat([holdings[Columns.PRODUCT], hidden[Columns.PRODUCT]]).dropna()
    return pd.DataFrame({Columns.PRODUCT: sorted(occurring.unique())})


def _check_hidden(visible: Dataset, hidden: pd.DataFrame) -> None:
    held = visible.held()
    rows = visible.client_ids.rows(hidden[Columns.CLIENT])
    products = visible.product_ids.rows(hidden[Columns.PRODUCT])
    shown = np.flatnonzero(np.asarray(held[rows, products]).ravel())
    if len(shown):
        why = f"is visible for this client in {HOLDINGS}"
        raise refuse(HELDOUT, hidden, Columns.PRODUCT, int(shown[0]), why)


def _read(path: Path, *columns: str) -> pd.DataFrame:
    identifiers = dict.fromkeys((Columns.CLIENT, Columns.PRODUCT), "str")
    try:
        frame = pd.read_csv(
            path, dtype=identifiers, skip_blank_lines=False, low_memory=False, encoding="utf-8-sig"
        )
    except FileNotFoundError as error:
        raise TableMissing(path.name) from error
    except pd.errors.EmptyDataError as error:
        raise TableEmpty(path.name) from error
    except (OSError, UnicodeDecodeError, pd.errors.ParserError) as error:
        raise TableMissing(path.name, str(error).strip().replace("\n", " ")) from error
    frame.index = pd.RangeIndex(FIRST_LINE, len(frame) + FIRST_LINE, name=LINE)
    frame = frame.dropna(how="all")
    check_columns(path.name, frame, *columns)
    return frame
