"""The model: what the client is and holds in, one score a product out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace, Feature
from recommender.columns import Columns
from recommender.crosses import Crosses
from recommender.identifiers import Identifiers
from recommender.linear import LinearScores
from recommender.standing import Standing

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ContextModel:
    """A trained model; it needs no retraining for a new client or a changed holding.

    Attributes
    ----------
    attributes
        The client attributes it knows, the first features of `scores`.
    products
        The catalogue: the next features of `scores`, and its columns.
    crosses
        The last features of `scores`.
    scores
        Folded and centred, see `linear` and `gauge`.
    tilt
        What the base holds to move rare products up in the order; without it the scores are
        log-odds, see `chances`. Shape (products,).
    holders
        Clients who held each product in training, shape (products,).
    standing
        Where a level stands among clients of one type.
    named
        Attribute and level of the first features.
    members
        Which two of the features before them each cross joins, shape (crosses, 2).
    owners
        By the feature of a client type that lacks some attribute: which feature stands for each
        in a reason, shape (levels,). What a client lacks because of the type is a matter of it.
    """

    attributes: AttributeSpace
    products: Identifiers
    crosses: Crosses
    scores: LinearScores
    tilt: Floats
    holders: NDArray[np.int64]
    standing: Standing
    named: tuple[Feature, ...] = field(init=False, repr=False, compare=False)
    members: NDArray[np.int64] = field(init=False, repr=False, compare=False)
    owners: dict[int, NDArray[np.int64]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", self.attributes.features)
        object.__setattr__(self, "members", self.crosses.members())
        object.__setattr__(self, "owners", self._owners())

    @property
    def levels(self) -> int:
        """How many features are attribute levels."""
        return len(self.named)

    def features(self, attributes: sp.csr_matrix, held: sp.csr_matrix) -> sp.csr_matrix:
        """Join encoded attributes and holdings into contexts, shape (n, features)."""
        crossed = self.crosses.encode(attributes, held)
        return sp.csr_matrix(sp.hstack([attributes, held, crossed], dtype=np.float32))

    def held(self, several: Sequence[Sequence[str]]) -> sp.csr_matrix:
        """Lay out holdings as ones, shape (clients, products); unknown products are left out."""
        rows = np.repeat(np.arange(len(several)), [len(held) for held in several])
        columns = self.products.rows(product for held in several for product in held)
        pairs = np.unique(np.stack([rows, columns])[:, columns >= 0], axis=1)
        ones = np.ones(pairs.shape[1], dtype=np.float32)
        return sp.csr_matrix((ones, (pairs[0], pairs[1])), (len(several), len(self.products)))

    def context(self, attributes: Mapping[str, object], held: Sequence[str]) -> sp.csr_matrix:
        """Lay out one client, shape (1, features); faster than a table of one row."""
        known = self.products.rows(held)
        holds = _one_row(np.unique(known[known >= 0]), 1.0, len(self.products))
        columns = self.attributes.columns(attributes)
        return self.features(_one_row(columns, self.attributes.weight, self.levels), holds)

    def plain(self, features: sp.csr_matrix) -> Floats:
        """Score contexts by attributes and holdings without crosses, shape (n, products)."""
        cut = self.levels + len(self.products)
        return np.asarray(features[:, :cut] @ self.scores.weights[:cut]) + self.scores.base

    def score(self, attributes: Mapping[str, object], held: Sequence[str]) -> Floats:
        """Score every product for one client, shape (products,)."""
        scores: Floats = score_block(self, self.context(attributes, held))[0]
        return scores

    def _owners(self) -> dict[int, NDArray[np.int64]]:
        own = np.arange(self.levels)
        rows = {str(kind): row for row, kind in enumerate(self.standing.kinds)}
        return {
            column: np.where(self.standing.absent[rows[named.level]], column, own)
            for column, named in enumerate(self.named)
            if named.attribute == Columns.KIND
            and named.level in rows
            and self.standing.absent[rows[named.level]].any()
        }


def score_block(model: ContextModel, features: sp.csr_matrix) -> Floats:
    """Score contexts, from `ContextModel.features`; each row on its own.

    Returns
    -------
    ndarray, shape (contexts, products)
        Orders the products of one client. Not comparable between clients, see `share_block`.
    """
    return model.scores.of(features)


def share_block(model: ContextModel, scores: Floats, closed: NDArray[np.bool_]) -> Floats:
    """Turn the scores of contexts into the chance of each product to be the next one.

    Parameters
    ----------
    scores
        From `score_block`.
    closed
        Held, or not open to the client's type; they take no share. Shape (contexts, products).

    Returns
    -------
    ndarray, shape (contexts, products)
        Each row sums to 1: among clients with this context who take one product more, the share
        for whom it is this one. A row with everything closed is all 0.
    """
    logs = np.where(closed, -np.inf, scores - model.tilt)
    top = np.where(closed.all(axis=1), 0.0, logs.max(axis=1))
    odds = np.exp(logs - top[:, None])
    total = odds.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(odds, total, out=np.zeros_like(odds), where=total > 0))


def _one_row(columns: NDArray[np.int64], value: float, width: int) -> sp.csr_matrix:
    values = np.full(len(columns), value, dtype=np.float32)
    return sp.csr_matrix((values, columns, np.array([0, len(columns)])), shape=(1, width))
