"""How well hidden products are found."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures between 0 and 1, higher is better.

    Attributes
    ----------
    hr_at_1, hr_at_3
        Hit rate: share of hidden products ranked first, or among the first three.
    mrr
        Mean reciprocal rank.
    macro_hr_at_3
        The hit rate at 3 of each product, averaged over products: rare ones count as much.
    """

    hr_at_1: float
    hr_at_3: float
    mrr: float
    macro_hr_at_3: float


def ranks(
    scores: NDArray[np.float64], hidden: NDArray[np.int64], held: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Rank of each hidden product among those not held, 1 for the best, shape (rows,).

    Equal scores count against the method, so that scoring everything alike gains nothing.

    Parameters
    ----------
    scores, held
        Shape (rows, products).
    hidden
        Product row numbers, shape (rows,).
    """
    rows = np.arange(len(hidden))
    rivals = ~held
    rivals[rows, hidden] = False
    ahead = rivals & (scores >= scores[rows, hidden][:, None])
    return np.asarray(ahead.sum(axis=1) + 1, dtype=np.int64)


def quality(found: NDArray[np.int64], hidden: NDArray[np.int64]) -> Quality:
    """Sum up ranks, shape (rows,), of hidden products, shape (rows,)."""
    products = (found[hidden == product] for product in np.unique(hidden))
    return Quality(
        hr_at_1=float((found == 1).mean()),
        hr_at_3=float((found <= 3).mean()),
        mrr=float((1.0 / found).mean()),
        macro_hr_at_3=_mean((own <= 3).mean() for own in products),
    )


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
