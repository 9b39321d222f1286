"""Data frames for training and scoring: what was known on a day, without names.

Money is in yuan as floats here, because it is only ever compared and scaled.
"""

from collections.abc import Collection
from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.clients.holdings import open_on
from crm.store.columns import as_stored, only
from crm.store.tables import clients, products
from crm.store.trends import indicator_frame

_FEN_PER_YUAN = 100
_DAYS_PER_YEAR = 365.25

# Names, shareholders and executives identify people and stay in the store.
_CLIENT = ("kind", "grade", "region", "risk_grade", "opened_on")
_CORPORATE = (
    "industry",
    "industry_policy",
    "industry_trend",
    "competition",
    "founded_on",
    "registered_capital",
    "annual_revenue",
    "net_profit",
    "total_assets",
    "total_liabilities",
    "market_rank",
    "projects_under_construction",
    "investment_plan",
    "corporate_event",
    "other_banks",
)
_PERSONAL = (
    "birth_year",
    "occupation",
    "personal_income",
    "household_income",
    "household_structure",
    "household_assets",
    "main_consumption",
    "consumption_preference",
    "investment_preference",
)
_MONEY = (
    "registered_capital",
    "annual_revenue",
    "net_profit",
    "total_assets",
    "total_liabilities",
    "personal_income",
    "household_income",
)
_COUNTS = ("market_rank", "other_banks", "birth_year")


def client_frame(
    session: Session, as_of: date, client_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """Return one row a client of what was known on a day.

    Parameters
    ----------
    as_of
        Only clients opened by this day, and only months that had ended by it.
    client_ids
        Only these clients; all of them when None.

    Returns
    -------
    DataFrame, shape (clients, attributes), index `client_id` in order
        The codes of the client and of the corporate or personal profile; the years since the
        client was opened (`relationship_years`) and since the company was founded
        (`company_years`), and the person's `age`; money in yuan; for each indicator the latest
        month's figure under its own name and its `<name>_trend` (see `crm.store.trends`).
        Unknown is missing.
    """
    frame = _attributes(session, as_of, client_ids)
    frame["relationship_years"] = _years_until(frame.pop("opened_on"), as_of)
    frame["company_years"] = _years_until(frame.pop("founded_on"), as_of)
    for name in _COUNTS:
        frame[name] = frame[name].astype("float64")
    frame["age"] = as_of.year - frame.pop("birth_year")
    for name in _MONEY:
        frame[name] = frame[name].astype("float64") / _FEN_PER_YUAN
    figures = indicator_frame(session, as_of, client_ids)
    return pd.concat([frame, figures.reindex(frame.index)], axis=1)


def holding_frame(
    session: Session, as_of: date, client_ids: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the holdings open on a day.

    Returns
    -------
    DataFrame, shape (holdings, 3)
        `client_id`, `product_id`, `opened_on` (datetime64), by client and product. A product
        held in two accounts appears twice.
    """
    holding = clients.Holding
    query = (
        select(holding.client_id, holding.product_id, holding.opened_on)
        .where(open_on(as_of), *only(holding.client_id, client_ids))
        .order_by(holding.client_id, holding.product_id, holding.opened_on)
    )
    return pd.read_sql(query, session.connection(), parse_dates=["opened_on"])


def holding_history(session: Session) -> pd.DataFrame:
    """Return every holding there ever was.

    Returns
    -------
    DataFrame, shape (holdings, 4)
        `client_id`, `product_id`, `opened_on`, `closed_on` (datetime64, missing while open), by
        client, product and day.
    """
    holding = clients.Holding
    query = select(
        holding.client_id, holding.product_id, holding.opened_on, holding.closed_on
    ).order_by(holding.client_id, holding.product_id, holding.opened_on)
    days = ["opened_on", "closed_on"]
    return pd.read_sql(query, session.connection(), parse_dates=days)


def product_frame(session: Session) -> pd.DataFrame:
    """Return the catalogue.

    Returns
    -------
    DataFrame, shape (products, 4), index `product_id` in order
        `category`, `risk_level`, `client_kind` as codes; `channels` as tuples of codes.
    """
    table = products.Product
    query = select(
        *as_stored(table, ("product_id", "category", "risk_level", "client_kind", "channels"))
    ).order_by(table.product_id)
    frame = pd.read_sql(query, session.connection(), index_col="product_id")
    frame["channels"] = frame["channels"].map(tuple)
    return frame


def _attributes(session: Session, as_of: date, client_ids: Collection[str] | None) -> pd.DataFrame:
    client = clients.Client
    corporate, personal = clients.CorporateProfile, clients.PersonalProfile
    query = (
        select(
            client.client_id,
            *as_stored(client, _CLIENT),
            *as_stored(corporate, _CORPORATE),
            *as_stored(personal, _PERSONAL),
        )
        .outerjoin(corporate, corporate.client_id == client.client_id)
        .outerjoin(personal, personal.client_id == client.client_id)
        .where(client.opened_on <= as_of, *only(client.client_id, client_ids))
        .order_by(client.client_id)
    )
    frame = pd.read_sql(
        query,
        session.connection(),
        index_col="client_id",
        parse_dates=["opened_on", "founded_on"],
    )
    # A code that nobody has would otherwise come as a column of objects.
    codes = frame.columns.difference([*_MONEY, *_COUNTS, "opened_on", "founded_on"])
    return frame.astype(dict.fromkeys(codes, "str"))


def _years_until(days: "pd.Series[pd.Timestamp]", as_of: date) -> "pd.Series[float]":
    return (pd.Timestamp(as_of) - days).dt.days / _DAYS_PER_YEAR
