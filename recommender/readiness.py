"""How likely a client holds one product more than is known, by client type and number held.

Of all leave-one-out contexts and whole clients with n products in sight, the contexts are those
where one more is held. With f(n) clients holding n there are (n + 1)·f(n + 1) contexts of n, so

    chance(n) = (n + 1)·f(n + 1) / ((n + 1)·f(n + 1) + f(n)),

the ratio in Robbins' rule of empirical Bayes (Robbins 1956). A client who holds all that clients
of the type ever hold has a chance near zero, however well the last product would fit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.dataset import Dataset

PRIOR = 0.5
"""Contexts and clients added to each count, so that no chance is exactly 0 or 1."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Chances by client type.

    Attributes
    ----------
    kinds
        Client types, shape (types,).
    chances
        By number held from 0 to the catalogue's size, shape (types + 1, products + 1); the last
        row pools all clients, for a type never seen.
    """

    kinds: NDArray[np.str_]
    chances: NDArray[np.float64]

    def of(self, kind: str, held: int) -> float:
        """Chance that a client of this type with so many products holds one more."""
        known = np.flatnonzero(self.kinds == kind)
        row = known[0] if len(known) else len(self.kinds)
        return float(self.chances[row, min(held, self.chances.shape[1] - 1)])


def find_readiness(dataset: Dataset) -> Readiness:
    """Count the holdings of every client."""
    numbers = np.asarray(dataset.held().sum(axis=1), dtype=np.int64).ravel()
    own = dataset.kinds()
    kinds = np.unique(own)
    groups = [*(numbers[own == kind] for kind in kinds), numbers]
    rows = [chances_by_number(group, len(dataset.product_ids)) for group in groups]
    return Readiness(kinds, np.array(rows))


def chances_by_number(numbers: NDArray[np.int64], products: int) -> NDArray[np.float64]:
    """Chance of one more at 0 to `products` held, shape (products + 1,), by the rule above."""
    clients = np.bincount(numbers, minlength=products + 2).astype(np.float64)
    contexts = np.arange(1, products + 2) * clients[1 : products + 2]
    return np.asarray((contexts + PRIOR) / (contexts + clients[: products + 1] + 2 * PRIOR))
