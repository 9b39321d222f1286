"""Training rows, and the sums of effects over them that every likelihood needs."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """Training rows, attributes kept once a client.

    Attributes
    ----------
    levels
        One level an attribute, shape (clients, levels).
    parts
        From `basis`, for a level at its value in `levels`, shape (levels, parts).
    clients
        Row number in `levels` of each context, ascending, shape (contexts,).
    others
        Held products and crosses, shape (contexts, columns).
    groups
        Group of each part, then of each column of `others`, shape (parts + columns,).
    targets
        The product left out, shape (contexts,).
    closed
        True where a product cannot be the answer, shape (contexts, products).
    weights
        How much each context counts, shape (contexts,).
    """

    levels: sp.csr_matrix
    parts: sp.csr_matrix
    clients: NDArray[np.int64]
    others: sp.csr_matrix
    groups: NDArray[np.int64]
    targets: NDArray[np.int64]
    closed: NDArray[np.bool_]
    weights: NDArray[np.float32]

    def where(self, kept: NDArray[np.bool_]) -> "Design":
        """Only the contexts marked."""
        return Design(
            self.levels,
            self.parts,
            self.clients[kept],
            self.others[kept],
            self.groups,
            self.targets[kept],
            self.closed[kept],
            self.weights[kept],
        )


class Sums:
    """Effects, shape (parts + columns + 1, products), summed over rows, and back.

    The last row of effects holds the intercepts.

    Parameters
    ----------
    levels
        One level an attribute, shape (clients, levels).
    parts
        Shape (levels, parts), as in `Design`.
    clients
        Row number in `levels` of each row, ascending, shape (rows,).
    others
        Shape (rows, columns).
    """

    def __init__(
        self,
        levels: sp.csr_matrix,
        parts: sp.csr_matrix,
        clients: NDArray[np.int64],
        others: sp.csr_matrix,
    ) -> None:
        used, self._own = np.unique(clients, return_inverse=True)
        self._levels = sp.csr_matrix(levels[used], dtype=np.float32)
        self._levels_t = sp.csr_matrix(self._levels.T)
        self._parts = sp.csr_matrix(parts, dtype=np.float32)
        self._parts_t = sp.csr_matrix(self._parts.T)
        self._others = sp.csr_matrix(others, dtype=np.float32)
        self._others_t = sp.csr_matrix(self._others.T)
        shape = (len(used), len(clients))
        ones = np.ones(shape[1], dtype=np.float32)
        self._sum = sp.csr_matrix((ones, (self._own, np.arange(shape[1]))), shape=shape)

    def scores(self, effects: Floats) -> NDArray[np.float32]:
        """Sum of the effects of each row, shape (rows, products)."""
        cut = self._parts.shape[1]
        small = effects.astype(np.float32)
        own = self._levels @ (self._parts @ small[:cut])
        scores = self._others @ small[cut:-1]
        scores += own[self._own]
        scores += small[-1]
        return np.asarray(scores)

    def gradient(self, residuals: NDArray[np.float32]) -> Floats:
        """Residuals, shape (rows, products), summed for each effect."""
        parts = self._parts_t @ (self._levels_t @ (self._sum @ residuals))
        rest = self._others_t @ residuals
        return np.vstack([parts, rest, residuals.sum(axis=0)]).astype(np.float64)

    def curvature(self, spread: NDArray[np.float32]) -> Floats:
        """Variances, shape (rows, products), summed for each effect: the Hessian's diagonal."""
        squares = self._levels_t.power(2) @ (self._sum @ spread)
        return np.vstack(
            [self._parts_t.power(2) @ squares, self._others_t.power(2) @ spread, spread.sum(axis=0)]
        ).astype(np.float64)
