"""The odds of holding each product: a logistic regression a product on clients, all at once.

From what a client is and what else is held, the odds that a product is held too: the
pseudo-likelihood of the holdings (Besag 1975, "Statistical Analysis of Non-Lattice Data"). It
learns from what a client does not hold as well as from what is held, and needs a row a client
where contexts need a row a holding, so on large data it sees more. The odds of what is not held
are, up to a constant of the client, the chances of which product comes next.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import expit

from recommender.design import Sums

type Floats = NDArray[np.float64]

SMALLEST = 0.5
"""Holders a product counts as having at least."""


class Odds:
    """Loss, gradient and curvature of effects, shape (parts + columns + 1, products).

    Parameters
    ----------
    sums
        Over all holdings of each client, shape (clients, parts + columns).
    held
        Ones, shape (clients, products).
    apart
        True where an effect belongs to a product itself or to a pair or cross with it, which
        would explain holding it by holding it. Shape (parts + columns + 1, products).
    """

    def __init__(self, sums: Sums, held: sp.csr_matrix, apart: NDArray[np.bool_]) -> None:
        self._sums, self._allowed = sums, ~apart
        self._held = held.toarray().astype(np.float32)

    def start(self) -> Floats:
        """Return intercepts from counts, all else zero."""
        holders = self._held.sum(axis=0, dtype=np.float64)
        rest = len(self._held) - holders
        effects = np.zeros(self._allowed.shape)
        effects[-1] = np.log((holders + SMALLEST) / (rest + SMALLEST))
        return effects

    def loss(self, effects: Floats) -> tuple[float, Floats]:
        """Loss and its gradient."""
        scores, chances = self._chances(effects)
        lost = np.logaddexp(0, scores) - self._held * scores
        gradient = self._sums.gradient(chances - self._held)
        return float(lost.sum(dtype=np.float64)), gradient * self._allowed

    def curvature(self, effects: Floats) -> Floats:
        """Diagonal of the Hessian."""
        _, chances = self._chances(effects)
        return self._sums.curvature(chances * (1 - chances)) * self._allowed

    def _chances(self, effects: Floats) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        scores = self._sums.scores(effects * self._allowed)
        return scores, expit(scores)
