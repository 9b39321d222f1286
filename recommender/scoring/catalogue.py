"""The catalogue of a folder as the gate needs it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from recommender.cases import ProductFacts
from recommender.checks import LINE, check_filled, check_unique, refuse
from recommender.columns import Columns
from recommender.scoring.reading import columns_of, find_table, whole
from recommender.tables import PRODUCTS

_ALL_KINDS = ("", "both")
_SEPARATOR = ";"


def read_catalogue(folder: Path) -> tuple[ProductFacts, ...]:
    """Read products.csv.

    Only ``product_id`` must be there; every other column is named as in `ProductFacts`, with
    ``;`` between several values. A column that is not there limits nothing.

    Raises
    ------
    DataError
        In one sentence with file, line, column and value.
    """
    path = find_table(folder, PRODUCTS.removesuffix(".csv"))
    frame = whole(path, columns_of(path), Columns.PRODUCT).to_pandas().set_index(LINE)
    check_filled(PRODUCTS, frame, Columns.PRODUCT)
    check_unique(PRODUCTS, frame, Columns.PRODUCT)
    return tuple(_facts(frame, row) for row in range(len(frame)))


def _facts(frame: pd.DataFrame, row: int) -> ProductFacts:
    def cell[T](column: str, parse: Callable[[str], T], otherwise: T) -> T:
        if column not in frame.columns or pd.isna(frame[column].iloc[row]):
            return otherwise
        try:
            return parse(str(frame[column].iloc[row]).strip())
        except ValueError as error:
            raise refuse(PRODUCTS, frame, column, row, "cannot be read here") from error

    kind = cell("client_kind", str, "")
    return ProductFacts(
        product_id=cell(Columns.PRODUCT, str, ""),
        client_kind=None if kind in _ALL_KINDS else kind,
        risk_level=cell("risk_level", _word, None),
        requires=cell("requires", _several, ()),
        licence=cell("licence", _word, None),
        balance_floor=cell("balance_floor", _whole, None),
        branches=cell("branches", _several, ()),
        regions=cell("regions", _several, ()),
        sold_from=cell("sold_from", _day, None),
        sold_until=cell("sold_until", _day, None),
        quota=cell("quota", _whole, None),
        taken=cell("taken", _number, 0),
    )


def _word(text: str) -> str | None:
    return text or None


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(_SEPARATOR) if part.strip())


def _number(text: str) -> int:
    return int(float(text))


def _whole(text: str) -> int | None:
    return _number(text)


def _day(text: str) -> date | None:
    return date.fromisoformat(text)
