"""Find effects by likelihood, each group drawn towards zero as hard as the data ask.

The precision of a group (an attribute, holdings, pairs, each cross) is the number of effects the
data determine over their squared sum (MacKay 1992, "Bayesian Interpolation", eq. 4.10, with a
diagonal Hessian). An attribute that says nothing is silenced without a search.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from recommender.linear import LinearScores

type Floats = NDArray[np.float64]

SOFTEST, HARDEST = 0.5, 20_000.0
INTERCEPT_PRECISION = 0.01
TOLERANCE = 2e-6
MEMORY = 8


class Likelihood(Protocol):
    """What effects, shape (effects + 1, products), the last the intercepts, are found by."""

    def start(self) -> Floats:
        """Return intercepts from counts, all else zero."""

    def loss(self, effects: Floats) -> tuple[float, Floats]:
        """Negative log-likelihood and its gradient."""

    def curvature(self, effects: Floats) -> Floats:
        """Diagonal of the Hessian."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Effects, shape (effects + 1, products), and precision of each group."""

    effects: Floats
    precisions: Floats


def fit_effects(
    likelihood: Likelihood,
    groups: NDArray[np.int64],
    precisions: Floats,
    rounds: int,
    steps: int,
) -> Fitted:
    """Find the effects; in each round but the first the precisions are found anew before.

    Parameters
    ----------
    groups
        Of each effect but the intercepts, shape (effects,).
    precisions
        One a group.
    rounds
        1 keeps the precisions.
    steps
        At most so many of L-BFGS a round.
    """
    effects = likelihood.start()
    for number in range(rounds):
        curvature = likelihood.curvature(effects)
        if number:
            precisions = _precisions(groups, effects, curvature, precisions)
        effects = _minimum(likelihood, effects, precisions[groups], curvature, steps)
    return Fitted(effects, precisions)


def folded(parts: sp.csr_matrix, effects: Floats) -> LinearScores:
    """Multiply the parts, shape (levels, parts), out: weights of levels, then of the rest."""
    cut = parts.shape[1]
    weights = np.vstack([parts @ effects[:cut], effects[cut:-1]])
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

    options = {"maxiter": steps, "ftol": TOLERANCE, "gtol": 0.0, "maxcor": MEMORY}
    found = minimize(loss, (start / scale).ravel(), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(start.shape) * scale)
