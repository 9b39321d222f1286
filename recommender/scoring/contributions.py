"""What speaks most for each suggested product: the largest parts of its score."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.scoring.best import NONE, best
from recommender.scoring.scorer import Scorer

type Numbers = NDArray[np.int32]
type Floats = NDArray[np.float32]


def largest(
    scorer: Scorer,
    features: sp.csr_matrix,
    products: NDArray[np.int16],
    limit: int,
    unsaid: NDArray[np.bool_],
) -> tuple[Numbers, Floats]:
    """Take the scores of suggested products apart and keep what speaks most for each.

    A cross is due to both its members, half to each, and what is missing because of the client
    type to the type, as in `recommender.reasons`.

    Parameters
    ----------
    features
        Contexts, shape (clients, features).
    products
        Suggested products, shape (clients, suggestions); `NONE` where there is none.
    unsaid
        Features never to be named, shape (features,).

    Returns
    -------
    tuple
        Feature numbers, largest contribution first, `NONE` where nothing more speaks for it, and
        the contributions; both of shape (clients, suggestions, limit).
    """
    shape = (*products.shape, limit)
    numbers = np.full(shape, NONE, dtype=np.int32)
    parts = np.zeros(shape, dtype=np.float32)
    if not limit or not features.shape[0]:
        return numbers, parts
    plain = scorer.trained.model.levels + len(scorer.base)
    own, crossed = _Rows.of(features, 0, plain), _Rows.of(features, plain, features.shape[1])
    halves = _Halves.of(own, crossed, scorer.trained.model.members, plain)
    absent = _Absent.of(own, scorer.trained.model.owners)
    hidden = unsaid[own.columns] | ~own.filled
    for place in range(products.shape[1]):
        product = products[:, place]
        shares = own.parts(scorer.weights, product)
        halves.give(crossed.parts(scorer.weights, product), shares)
        absent.give(shares)
        closed = hidden | (shares <= 0) | (product == NONE)[:, None]
        positions, found = best(shares, closed, limit)
        chosen = np.take_along_axis(own.columns, np.maximum(positions, 0).astype(np.int64), axis=1)
        width = positions.shape[1]
        numbers[:, place, :width] = np.where(positions == NONE, NONE, chosen)
        parts[:, place, :width] = found
    return numbers, parts


@dataclass(frozen=True, slots=True)
class _Rows:
    """A range of features of each client side by side, shape (clients, most of any client)."""

    columns: Numbers
    values: Floats
    filled: NDArray[np.bool_]

    @classmethod
    def of(cls, features: sp.csr_matrix, first: int, last: int) -> "_Rows":
        wanted = (features.indices >= first) & (features.indices < last)
        owner = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
        lengths = np.bincount(owner[wanted], minlength=features.shape[0])
        filled = np.arange(max(int(lengths.max(initial=0)), 1)) < lengths[:, None]
        columns = np.zeros(filled.shape, dtype=np.int32)
        values = np.zeros(filled.shape, dtype=np.float32)
        columns[filled] = features.indices[wanted]
        values[filled] = features.data[wanted]
        return cls(columns, values, filled)

    def parts(self, weights: Floats, product: NDArray[np.int16]) -> Floats:
        """Return what each feature adds to the score of each client's product."""
        return np.asarray(weights[self.columns, np.maximum(product, 0)[:, None]] * self.values)


@dataclass(frozen=True, slots=True)
class _Halves:
    """Which cell of the crosses gives a half to which cell of the other features.

    Attributes
    ----------
    givers, takers
        Cells counted row by row, shape (halves,).
    """

    givers: NDArray[np.int64]
    takers: NDArray[np.int64]

    @classmethod
    def of(cls, own: _Rows, crossed: _Rows, members: NDArray[np.int64], plain: int) -> "_Halves":
        place_of = np.zeros((len(own.columns), plain), dtype=np.int32)
        rows, places = np.nonzero(own.filled)
        place_of[rows, own.columns[own.filled]] = places
        rows, _ = np.nonzero(crossed.filled)
        joined = members[crossed.columns[crossed.filled] - plain]
        takers = rows[:, None] * own.columns.shape[1] + place_of[rows[:, None], joined]
        givers = np.flatnonzero(crossed.filled)
        return cls(np.repeat(givers, 2), takers.ravel())

    def give(self, crosses: Floats, shares: Floats) -> None:
        """Add the halves to the shares, in place."""
        np.add.at(shares.reshape(-1), self.takers, crosses.reshape(-1)[self.givers] / 2)


@dataclass(frozen=True, slots=True)
class _Absent:
    """Which cell gives all it has to the cell of the client's type, see `ContextModel.owners`.

    Attributes
    ----------
    givers, takers
        Cells counted row by row, shape (cells given away,).
    """

    givers: NDArray[np.int64]
    takers: NDArray[np.int64]

    @classmethod
    def of(cls, own: _Rows, owners: Mapping[int, NDArray[np.int64]]) -> "_Absent":
        givers, takers = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        width = own.columns.shape[1]
        for kind, owner in owners.items():
            rows, places = np.nonzero((own.columns == kind) & own.filled)
            given = np.zeros(int(own.columns.max(initial=0)) + len(owner) + 1, dtype=bool)
            given[: len(owner)] = owner != np.arange(len(owner))
            taken, cells = np.nonzero(given[own.columns[rows]] & own.filled[rows])
            givers.append(rows[taken] * width + cells)
            takers.append((rows * width + places)[taken])
        return cls(np.concatenate(givers), np.concatenate(takers))

    def give(self, shares: Floats) -> None:
        """Move the shares, in place."""
        flat = shares.reshape(-1)
        np.add.at(flat, self.takers, flat[self.givers])
        flat[self.givers] = 0
