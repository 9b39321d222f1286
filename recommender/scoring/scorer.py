"""A trained model in the form that scores whole blocks: the one place that knows its inside."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.trained import TrainedModel

type Floats = NDArray[np.float32]


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

    def chances(
        self,
        scores: Floats,
        shut: NDArray[np.bool_],
        kinds: NDArray[np.str_],
        numbers: NDArray[np.int64],
    ) -> Floats:
        """Chances as in `recommender.ranking`, shape (clients, products); 0 where shut.

        The share is that of `recommender.model.share_block`.

        Parameters
        ----------
        shut
            What a client holds or may not hold by type, shape (clients, products).
        kinds, numbers
            Client type, and how many products are held, shape (clients,).
        """
        shares = np.where(shut, np.float32(-np.inf), scores - self.tilt)
        highest = shares.max(axis=1, keepdims=True)
        shares -= np.where(np.isfinite(highest), highest, np.float32(0))
        np.exp(shares, out=shares)
        total = shares @ np.ones(shares.shape[1], dtype=np.float32)
        ready = self._ready(kinds, numbers)
        shares *= (ready / np.maximum(total, np.finfo(np.float32).tiny))[:, None]
        return shares

    def _ready(self, kinds: NDArray[np.str_], numbers: NDArray[np.int64]) -> Floats:
        readiness = self.trained.readiness
        known = np.searchsorted(readiness.kinds, kinds)
        known[known == len(readiness.kinds)] = 0
        rows = np.where(readiness.kinds[known] == kinds, known, len(readiness.kinds))
        columns = np.minimum(numbers, readiness.chances.shape[1] - 1)
        return np.asarray(readiness.chances[rows, columns], dtype=np.float32)
