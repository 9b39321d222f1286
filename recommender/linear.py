"""Scores that are sums: the form every stage is folded into.

``score(c, p) = Σ_f x_cf · weights_fp + base_p`` over the features f of a context c. LightFM's
``(Σ_f x_f e_f)·q_p + Σ_f x_f b_f + b_p`` has this form with ``weights = E Qᵀ + b_f`` and
``base = b_p``; so has the mean of several such models.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LinearScores:
    """Folded scores.

    Attributes
    ----------
    weights
        Shape (features, products), float64.
    base
        Shape (products,), float64.
    """

    weights: NDArray[np.float64]
    base: NDArray[np.float64]

    def of(self, features: sp.csr_matrix) -> NDArray[np.float64]:
        """Scores of contexts, shape (contexts, products), from features (contexts, features)."""
        return np.asarray(features @ self.weights, dtype=np.float64) + self.base


def mixed(parts: Sequence[LinearScores], shares: Sequence[float]) -> LinearScores:
    """Weighted sum of scores over the same features and products."""
    pairs = list(zip(parts, shares, strict=True))
    weights = np.sum([share * part.weights for part, share in pairs], axis=0)
    base = np.sum([share * part.base for part, share in pairs], axis=0)
    return LinearScores(weights, base)
