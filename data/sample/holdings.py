"""Who takes which product, and in which order.

A client takes products one after another. Each time, every product open to him gets

    base + SHARPNESS x (his tastes . the product's tastes) + what his holdings lead to + chance

and he takes the one with the highest sum. Bases and the tastes of products stand in
``appeal.csv``, what leads to what in ``follows.csv`` (payroll to e-banking to cash management).
Chance is standard Gumbel noise, which makes each step a multinomial logit. Open to him is what
suits his kind and risk grade, what he does not hold yet and whose required products he holds.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.sample.draws import Floats
from data.sample.products import SampleProduct
from data.sample.tastes import TASTES

APPEAL = Path(__file__).with_name("appeal.csv")
FOLLOWS = Path(__file__).with_name("follows.csv")
SHARPNESS = 1.4
FURTHER_PRODUCTS = {"standard": 3.6, "gold": 4.8, "platinum": 6.0, "private": 7.0}
"""Mean number of products beyond the first, by grade, before long or short tenure."""
NO_PRODUCT_SHARE = 0.01
PRIVATE_ONLY = "TRUST_PRIVATE"
BROKERS_ONLY = "SECURITIES_COOP"

Flags = NDArray[np.bool_]


def take_products(
    rng: np.random.Generator,
    clients: pd.DataFrame,
    tastes: Floats,
    products: Sequence[SampleProduct],
) -> pd.DataFrame:
    """Let every client take his products.

    Parameters
    ----------
    clients
        kind, grade, industry (missing for people), risk_grade and tenure_years, a row a client.
    tastes
        Clients x seven tastes.

    Returns
    -------
    row (position of the client), step (0 for his first product) and product_id.
    """
    ids = [product.product_id for product in products]
    appeal = pd.read_csv(APPEAL, encoding="utf-8", index_col="product_id").loc[ids]
    utility = appeal["base"].to_numpy() + SHARPNESS * tastes @ appeal[list(TASTES)].to_numpy().T
    may = _allowed(clients, products)
    requires, leads = _requires(products), _leads(ids)
    wanted = _wanted(rng, clients)
    held = np.zeros(may.shape, dtype=np.float64)
    taken: list[pd.DataFrame] = []
    for step in range(int(wanted.max())):
        ready = held @ requires.T >= requires.sum(axis=1)
        chance = rng.gumbel(size=may.shape)
        sums = np.where(may & ready & (held == 0), utility + held @ leads + chance, -np.inf)
        best = sums.argmax(axis=1)
        rows = np.flatnonzero((wanted > step) & np.isfinite(sums.max(axis=1)))
        held[rows, best[rows]] = 1.0
        names = np.array(ids, dtype=object)[best[rows]]
        taken.append(pd.DataFrame({"row": rows, "step": step, "product_id": names}))
    return pd.concat(taken, ignore_index=True).sort_values(["row", "step"], ignore_index=True)


def _allowed(clients: pd.DataFrame, products: Sequence[SampleProduct]) -> Flags:
    """Clients x products: the kind fits, the risk is borne, the circle is not closed to him."""
    bears = clients["risk_grade"].fillna("C0").str[1].astype(int).to_numpy()
    columns: list[Flags] = []
    for product in products:
        fits = clients["kind"].map(product.open_to) & (bears >= product.risk)
        if product.product_id == PRIVATE_ONLY:
            fits &= clients["grade"].isin(["platinum", "private"])
        if product.product_id == BROKERS_ONLY:
            fits &= clients["industry"] == "securities"
        columns.append(fits.to_numpy(dtype=bool))
    return np.column_stack(columns)


def _requires(products: Sequence[SampleProduct]) -> Floats:
    ids = [product.product_id for product in products]
    needs = [[float(other in product.requires) for other in ids] for product in products]
    return np.array(needs, dtype=np.float64)


def _leads(ids: list[str]) -> Floats:
    follows = pd.read_csv(FOLLOWS, encoding="utf-8")
    table = follows.pivot_table(index="held", columns="then", values="boost", fill_value=0.0)
    square = table.reindex(index=ids, columns=ids, fill_value=0.0)
    return square.to_numpy(dtype=np.float64)


def _wanted(rng: np.random.Generator, clients: pd.DataFrame) -> NDArray[np.int64]:
    """How many products a client takes in all: more with grade and years, for a few none yet."""
    mean = clients["grade"].map(FURTHER_PRODUCTS).to_numpy(dtype=np.float64)
    tenure = np.clip(clients["tenure_years"].to_numpy(dtype=np.float64) / 6, 0.3, 1.3)
    wanted = 1 + rng.poisson(mean * tenure**0.5)
    wanted[rng.random(len(clients)) < NO_PRODUCT_SHARE] = 0
    return wanted
