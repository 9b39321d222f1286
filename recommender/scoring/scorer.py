"""A trained model in the form that scores whole blocks: the one place that knows its inside."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.gate_block import ClientBlock
from recommender.trained import TrainedModel

type Floats = NDArray[np.float32]

_SAFE = 80.0
_SAFE_IN_DOUBLE = 600.0
"""Scores no larger than these need no shift before the exponential, in single and in double."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A model folded to float32.

    Attributes
    ----------
    weights
        Shape (features, products).
    base, tilt
        Shape (products,); see `recommender.model.ContextModel`.
    """

    trained: TrainedModel
    weights: Floats
    base: Floats
    tilt: Floats

    @classmethod
    def of(cls, trained: TrainedModel) -> Self:
        """Fold a trained model."""
        scores = trained.model.scores
        return cls(
            trained,
            np.ascontiguousarray(scores.weights, dtype=np.float32),
            scores.base.astype(np.float32),
            trained.model.tilt.astype(np.float32),
        )

    def features(self, attributes: pd.DataFrame, held: sp.csr_matrix) -> sp.csr_matrix:
        """Contexts of clients, shape (clients, features)."""
        model = self.trained.model
        return model.features(model.attributes.encode(attributes), held)

    def scores(self, features: sp.csr_matrix) -> Floats:
        """Score as `recommender.model.score_block` does, shape (clients, products)."""
        scores = np.asarray(features @ self.weights)
        scores += self.base
        return scores

    def chances(self, scores: Floats, shut: NDArray[np.bool_], ready: Floats) -> Floats:
        """Chances as in `recommender.ranking`, shape (clients, products); 0 where shut.

        The share is that of `recommender.model.share_block`.

        Parameters
        ----------
        shut
            What a client holds or may not hold by type, shape (clients, products).
        ready
            From `readiness`, shape (clients,).
        """
        farthest = max(scores.max(), -scores.min()) if scores.size else 0.0
        # Wider numbers cost a third of what looking for the highest score of each row does.
        number: type[np.floating] = np.float32 if farthest <= _SAFE else np.float64
        shares = np.subtract(scores, self.tilt, dtype=number)
        if farthest > _SAFE_IN_DOUBLE:
            highest = np.where(shut, -np.inf, shares).max(axis=1, keepdims=True)
            shares -= np.where(np.isfinite(highest), highest, shares.max(axis=1, keepdims=True))
            np.minimum(shares, _SAFE, out=shares)  # what is shut may be far above the rest
        np.exp(shares, out=shares)
        shares *= ~shut
        total = shares @ np.ones(shares.shape[1], dtype=number)
        shares *= (ready / np.maximum(total, np.finfo(number).tiny))[:, None]
        return shares.astype(np.float32, copy=False)

    def readiness(self, gate: ClientBlock, numbers: NDArray[np.integer]) -> Floats:
        """Chance of one product more by type and number held, shape (clients,)."""
        known = self.trained.readiness
        rows = np.full(len(gate), len(known.kinds), dtype=np.int64)
        for row, kind in enumerate(known.kinds):
            rows[~gate.other_than(str(kind))] = row
        columns = np.minimum(numbers, known.chances.shape[1] - 1)
        return np.asarray(known.chances[rows, columns], dtype=np.float32)
