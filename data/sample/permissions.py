"""What clients may do, and whether they may be approached at all."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

LICENCE_SHARES: Mapping[str, Mapping[str, float]] = {
    "foreign_trade": {
        "import_export": 0.92,
        "manufacturing": 0.35,
        "technology": 0.2,
        "retail": 0.12,
        "logistics": 0.2,
    },
    "securities": {"securities": 0.95},
}
"""Share of the companies of an industry that hold a licence, by licence."""

NEEDED_FOR = {"INTL_SETTLEMENT": "foreign_trade", "SECURITIES_COOP": "securities"}
"""Whoever holds the product is licensed for it."""

SILENT_SHARE = 0.015


def draw_permissions(
    rng: np.random.Generator, sides: pd.DataFrame, industry: pd.Series, holdings: pd.DataFrame
) -> pd.DataFrame:
    """Draw licences and the wish not to be approached.

    Returns
    -------
    do_not_contact (``yes`` or ``no``) and licences (codes with ``;`` between), a row a client.
    """
    licences: list[list[str]] = [[] for _ in range(len(sides))]
    for licence, shares in LICENCE_SHARES.items():
        chance = industry.map(shares).fillna(0.0).to_numpy(dtype=np.float64)
        products = [name for name, needed in NEEDED_FOR.items() if needed == licence]
        holders = set(holdings.loc[holdings["product_id"].isin(products), "client_id"])
        drawn = rng.random(len(sides)) < chance
        for row in np.flatnonzero(drawn | sides["client_id"].isin(holders).to_numpy()):
            licences[int(row)].append(licence)
    silent = rng.random(len(sides)) < SILENT_SHARE
    return pd.DataFrame(
        {
            "do_not_contact": np.where(silent, "yes", "no"),
            "licences": [";".join(held) for held in licences],
        }
    )
