"""The chance of each product as the one left out: multinomial logistic regression on contexts.

LightFM learns the order of products, this learns their probability. Both are sums over the same
features, so their mixture is one too and reasons stay exact.

Effects are drawn towards zero group by group (an attribute, holdings, pairs, each cross), each as
hard as the data ask: the precision of a group is the number of effects the data determine over
their squared sum (MacKay 1992, "Bayesian Interpolation", eq. 4.10, with a diagonal Hessian). An
attribute that says nothing is silenced without a search.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from recommender.linear import LinearScores

type Floats = NDArray[np.float64]

SOFTEST, HARDEST = 0.5, 20_000.0
INTERCEPT_PRECISION = 0.01
TOLERANCE = 2e-7
MEMORY = 8


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


class Likelihood:
    """Loss, gradient and curvature of effects, shape (parts + columns + 1, products).

    The last row holds the intercepts.
    """

    def __init__(self, design: Design) -> None:
        used, self._own = np.unique(design.clients, return_inverse=True)
        self._levels = sp.csr_matrix(design.levels[used], dtype=np.float32)
        self._levels_t = sp.csr_matrix(self._levels.T)
        self._parts = sp.csr_matrix(design.parts, dtype=np.float32)
        self._parts_t = sp.csr_matrix(self._parts.T)
        self._others = sp.csr_matrix(design.others, dtype=np.float32)
        self._others_t = sp.csr_matrix(self._others.T)
        shape = (len(used), len(design.targets))
        ones = np.ones(shape[1], dtype=np.float32)
        self._sum = sp.csr_matrix((ones, (self._own, np.arange(shape[1]))), shape=shape)
        self._open = np.where(design.closed, np.float32(-np.inf), np.float32(0))
        self._rows = np.arange(shape[1])
        self._targets, self._weights = design.targets, design.weights.astype(np.float32)

    def scores(self, effects: Floats) -> NDArray[np.float32]:
        """Log-odds up to a constant of each context, closed products at −∞."""
        cut = self._parts.shape[1]
        small = effects.astype(np.float32)
        own = self._levels @ (self._parts @ small[:cut])
        scores = self._others @ small[cut:-1]
        scores += own[self._own]
        scores += small[-1]
        scores += self._open
        return np.asarray(scores)

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
        return lost, self._back(residuals)

    def residuals(self, effects: Floats) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weighted target minus chance, and weighted variance, shape (contexts, products) each."""
        _, chances = self.chances(effects)
        spread = self._weights[:, None] * chances * (1 - chances)
        chances[self._rows, self._targets] -= 1
        return -self._weights[:, None] * chances, spread

    def curvature(self, effects: Floats) -> Floats:
        """Diagonal of the Hessian."""
        _, spread = self.residuals(effects)
        squares = self._levels_t.power(2) @ (self._sum @ spread)
        return np.vstack(
            [self._parts_t.power(2) @ squares, self._others_t.power(2) @ spread, spread.sum(axis=0)]
        ).astype(np.float64)

    def _back(self, residuals: NDArray[np.float32]) -> Floats:
        parts = self._parts_t @ (self._levels_t @ (self._sum @ residuals))
        rest = self._others_t @ residuals
        return np.vstack([parts, rest, residuals.sum(axis=0)]).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Effects, shape (parts + columns + 1, products), and precision of each group."""

    effects: Floats
    precisions: Floats


def fit_effects(
    design: Design, precisions: Floats, rounds: int, steps: int, start: Floats | None = None
) -> Fitted:
    """Find the effects; in each round but the first the precisions are found anew before.

    Parameters
    ----------
    precisions
        One a group.
    rounds
        1 keeps the precisions.
    steps
        At most so many of L-BFGS a round.
    """
    likelihood = Likelihood(design)
    products = design.closed.shape[1]
    effects = np.zeros((len(design.groups) + 1, products)) if start is None else start
    if start is None:
        counts = np.bincount(design.targets, design.weights, products)
        effects[-1] = np.log(counts + 0.5) - np.log(counts + 0.5).mean()
    for number in range(rounds):
        curvature = likelihood.curvature(effects)
        if number:
            precisions = _precisions(design.groups, effects, curvature, precisions)
        effects = _minimum(likelihood, effects, precisions[design.groups], curvature, steps)
    return Fitted(effects, precisions)


def folded(design: Design, effects: Floats) -> LinearScores:
    """Multiply the parts out: weights of levels, then of `others`."""
    cut = design.parts.shape[1]
    weights = np.vstack([design.parts @ effects[:cut], effects[cut:-1]])
    return LinearScores(np.asarray(weights), np.asarray(effects[-1]))


def _precisions(
    groups: NDArray[np.int64], effects: Floats, curvature: Floats, before: Floats
) -> Floats:
    drawn = before[groups][:, None]
    determined = (curvature[:-1] / (curvature[:-1] + drawn)).sum(axis=1)
    squares = (effects[:-1] ** 2).sum(axis=1)
    counts = np.bincount(groups, determined, len(before))
    sums = np.bincount(groups, squares, len(before))
    return np.clip(counts / np.maximum(sums, 1e-12), SOFTEST, HARDEST)


def _minimum(
    likelihood: Likelihood, start: Floats, drawn: Floats, curvature: Floats, steps: int
) -> Floats:
    precision = np.append(drawn, INTERCEPT_PRECISION)[:, None]
    scale = 1.0 / np.sqrt(curvature + precision)
    size = float(likelihood.loss(start)[0]) or 1.0

    def loss(flat: Floats) -> tuple[float, Floats]:
        effects = flat.reshape(start.shape) * scale
        lost, gradient = likelihood.loss(effects)
        lost += 0.5 * float((precision * effects**2).sum())
        gradient += precision * effects
        return lost / size, (gradient * scale).ravel() / size

    options = {"maxiter": steps, "ftol": TOLERANCE, "maxcor": MEMORY}
    found = minimize(loss, (start / scale).ravel(), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(start.shape) * scale)
