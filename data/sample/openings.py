"""When products were opened and closed.

The first product is opened with the relationship; the others follow over its years, a share of
them within the last year, so that a model trained on an earlier day has something to foresee.
An investment product opened after the client's risk questionnaire ran out is not sold at all.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from data.sample.draws import Floats
from data.sample.products import SampleProduct

LATE_SHARE = 0.12
"""Products whose opening falls in the last year rather than anywhere in the relationship."""
CLOSED_SHARE = 0.07
LEAST_DAYS_HELD = 120


def date_holdings(
    rng: np.random.Generator,
    taken: pd.DataFrame,
    clients: pd.DataFrame,
    products: Sequence[SampleProduct],
    as_of: date,
) -> pd.DataFrame:
    """Give ``holdings.csv``.

    Parameters
    ----------
    taken
        row, step and product_id as from ``take_products``.
    clients
        client_id, opened_on and risk_expires_on by position.
    """
    rows = taken["row"].to_numpy()
    opened = clients["opened_on"].to_numpy()[rows]
    days = (np.datetime64(as_of, "D") - opened.astype("datetime64[D]")).astype(np.float64)
    after = np.rint(_in_order(rng, taken, days)).astype("timedelta64[D]")
    held = pd.DataFrame(
        {
            "client_id": clients["client_id"].to_numpy()[rows],
            "product_id": taken["product_id"],
            "opened_on": opened + after,
            "expires": clients["risk_expires_on"].to_numpy()[rows],
        }
    )
    risky = {product.product_id for product in products if product.risk}
    late = held["product_id"].isin(risky) & (held["opened_on"] > held["expires"])
    held = held[~late].drop(columns="expires").reset_index(drop=True)
    held["closed_on"] = _closings(rng, held, products, as_of)
    return held.sort_values(["client_id", "opened_on", "product_id"], ignore_index=True)


def _in_order(rng: np.random.Generator, taken: pd.DataFrame, days: Floats) -> Floats:
    """Days from the start of the relationship to each opening, rising with the steps."""
    late = rng.random(len(taken)) < LATE_SHARE
    anywhere = rng.uniform(0, days)
    offset = np.where(late, days - rng.uniform(0, np.minimum(days, 365)), anywhere)
    offset[taken["step"].to_numpy() == 0] = 0
    order = np.lexsort((offset, taken["row"].to_numpy()))
    return offset[order]


def _closings(
    rng: np.random.Generator,
    held: pd.DataFrame,
    products: Sequence[SampleProduct],
    as_of: date,
) -> "pd.Series[pd.Timestamp]":
    """Close a few products, never one that another product requires."""
    needed = {name for product in products for name in product.requires}
    days = (pd.Timestamp(as_of) - held["opened_on"]).dt.days.to_numpy()
    may_close = ~held["product_id"].isin(needed).to_numpy() & (days > LEAST_DAYS_HELD)
    closes = may_close & (rng.random(len(held)) < CLOSED_SHARE)
    after = rng.integers(LEAST_DAYS_HELD, np.maximum(days, LEAST_DAYS_HELD + 1))
    closed = held["opened_on"] + pd.to_timedelta(after, unit="D")
    dated: pd.Series[pd.Timestamp] = closed.where(closes)
    return dated
