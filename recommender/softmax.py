"""The chance of each product as the one left out: multinomial logistic regression on contexts.

LightFM learns the order of products, this learns their probability. Both are sums over the same
features, so their mixture is one too and reasons stay exact.
"""

import numpy as np
from numpy.typing import NDArray

from recommender.design import Design, Sums

type Floats = NDArray[np.float64]


class Softmax:
    """Loss, gradient and curvature of effects, shape (parts + columns + 1, products)."""

    def __init__(self, design: Design) -> None:
        self._sums = Sums(design.levels, design.parts, design.clients, design.others)
        self._open = np.where(design.closed, np.float32(-np.inf), np.float32(0))
        self._rows = np.arange(len(design.targets))
        self._targets, self._weights = design.targets, design.weights.astype(np.float32)
        self._effects = len(design.groups) + 1

    def start(self) -> Floats:
        """Return intercepts from counts, all else zero."""
        products = self._open.shape[1]
        counts = np.bincount(self._targets, self._weights, products)
        effects = np.zeros((self._effects, products))
        effects[-1] = np.log(counts + 0.5) - np.log(counts + 0.5).mean()
        return effects

    def scores(self, effects: Floats) -> NDArray[np.float32]:
        """Log-odds up to a constant of each context, closed products at −∞."""
        scores = self._sums.scores(effects)
        scores += self._open
        return scores

    def chances(self, effects: Floats) -> tuple[float, NDArray[np.float32]]:
        """Weighted negative log-likelihood, and probabilities, shape (contexts, products)."""
        scores = self.scores(effects)
        scores -= scores.max(axis=1, keepdims=True)
        reached = scores[self._rows, self._targets]
        np.exp(scores, out=scores)
        total = scores.sum(axis=1)
        scores /= total[:, None]
        lost = self._weights * (np.log(total) - reached)
        return float(lost.sum(dtype=np.float64)), scores

    def loss(self, effects: Floats) -> tuple[float, Floats]:
        """Loss and its gradient."""
        lost, residuals = self.chances(effects)
        residuals[self._rows, self._targets] -= 1
        residuals *= self._weights[:, None]
        return lost, self._sums.gradient(residuals)

    def residuals(self, effects: Floats) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weighted target minus chance, and weighted variance, shape (contexts, products) each."""
        _, chances = self.chances(effects)
        spread = self._weights[:, None] * chances * (1 - chances)
        chances[self._rows, self._targets] -= 1
        return -self._weights[:, None] * chances, spread

    def curvature(self, effects: Floats) -> Floats:
        """Diagonal of the Hessian."""
        return self._sums.curvature(self.residuals(effects)[1])
