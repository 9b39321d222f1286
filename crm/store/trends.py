"""Monthly indicators as a frame: the latest month, and where each figure is going."""

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Session

from crm.store.columns import as_stored, only
from crm.store.tables.indicators import Indicators

_YEAR = 12
_QUARTER = 3
_FEN_PER_YUAN = 100


def indicator_frame(
    session: Session, as_of: date, client_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """Return each client's latest figures and their trends on a day.

    Only the twelve months that had ended by `as_of` count, so that no figure of a month still
    running, or of the future, is learnt from.

    Returns
    -------
    DataFrame, shape (clients with figures, 2 x indicators), index `client_id`
        `<name>`: the latest month on record, money in yuan. `<name>_trend`: the average of the
        last three calendar months over that of the last twelve; missing where the latter is 0.
    """
    last = _last_full_month(as_of)
    table = Indicators.__table__.columns
    names = [name for name in table.keys() if name not in ("client_id", "month")]  # noqa: SIM118  # a column collection iterates over columns
    query = (
        select(Indicators.client_id, Indicators.month, *as_stored(Indicators, names))
        .where(
            Indicators.month > _months_before(last, _YEAR),
            Indicators.month <= last,
            *only(Indicators.client_id, client_ids),
        )
        .order_by(Indicators.client_id, Indicators.month)
    )
    rows = pd.read_sql(query, session.connection(), index_col="client_id", parse_dates=["month"])
    rows[names] = rows[names].astype("float64")
    money = [name for name in names if isinstance(table[name].type, BigInteger)]
    rows[money] /= _FEN_PER_YUAN
    recent = rows["month"] > pd.Timestamp(_months_before(last, _QUARTER))
    year = rows[names].groupby(level="client_id").mean()
    quarter = rows.loc[recent, names].groupby(level="client_id").mean().reindex(year.index)
    trends = (quarter / year.where(year != 0)).add_suffix("_trend")
    # tail, not last: an unknown figure of the latest month is unknown, not the month before's.
    latest = rows.groupby(level="client_id").tail(1)[names]
    return pd.concat([latest, trends], axis=1)


def _last_full_month(as_of: date) -> date:
    """Return the first day of the last month that had ended by the end of `as_of`."""
    return _months_before((as_of + timedelta(days=1)).replace(day=1), 1)


def _months_before(month: date, count: int) -> date:
    years, index = divmod(month.year * _YEAR + month.month - 1 - count, _YEAR)
    return date(years, index + 1, 1)
