"""How far to trust each stage, learnt on contexts no stage was trained on.

The weights make the probability of what was left out largest, so that the softmax of the mixed
scores is a probability: among clients with this context who hold one product more, the share for
whom it is this one (stacking: Wolpert 1992; with the scale free it is temperature scaling too:
Guo et al. 2017, "On Calibration of Modern Neural Networks").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

from recommender.metrics import SHOWN, ranks
from recommender.order import likeliest_first

type Floats = NDArray[np.float64]

FEWEST_ROWS = 20
LARGEST_SHARE = 10.0
SHIFT_PRECISION = 50.0
EVENINGS = (0.05, 0.1, 0.15, 0.2)
TOLD_FROM_CHANCE = 1.96
"""Standard errors, for 95 %."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Scores of contexts by stages that never saw them.

    Attributes
    ----------
    stages
        Shape (stages, contexts, products).
    targets
        The product left out, shape (contexts,).
    closed
        True where a product cannot be the answer, shape (contexts, products).
    weights
        How much each context counts, shape (contexts,).
    """

    stages: NDArray[np.float32]
    targets: NDArray[np.int64]
    closed: NDArray[np.bool_]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mixture:
    """The mixture.

    Attributes
    ----------
    shares
        Non-negative, shape (stages,).
    shift
        What is added to each product besides, shape (products,).
    evening
        How far rare products are moved up in the order: this many times −log of the share of
        holdings; see `fit_evening`.
    """

    shares: tuple[float, ...]
    shift: Floats
    evening: float = 0.0


def untested(stages: int, products: int) -> Mixture:
    """Trust all stages alike, where there is nothing to test them on."""
    return Mixture((1.0 / stages,) * stages, np.zeros(products))


def fit_mixture(tested: Unseen) -> Mixture:
    """Find shares and shift by likelihood; the shift is drawn towards zero."""
    count, rows, products = tested.stages.shape
    if rows < FEWEST_ROWS:
        return untested(count, products)
    stages = np.where(tested.closed, 0.0, tested.stages).astype(np.float64)
    barred = np.where(tested.closed, -np.inf, 0.0)
    places, weights = np.arange(rows), tested.weights / tested.weights.mean()

    def loss(values: Floats) -> tuple[float, Floats]:
        shares, shift = values[:count], values[count:]
        logs = log_softmax(np.tensordot(shares, stages, axes=1) + shift + barred, axis=1)
        lost = -float(weights @ logs[places, tested.targets])
        residuals = np.exp(logs)
        residuals[places, tested.targets] -= 1
        residuals *= weights[:, None]
        own = [float((stage * residuals).sum()) for stage in stages]
        drawn = residuals.sum(axis=0) + SHIFT_PRECISION * shift
        lost += 0.5 * SHIFT_PRECISION * float(shift @ shift)
        return lost / rows, np.concatenate([own, drawn]) / rows

    start = np.concatenate([np.full(count, 1.0 / count), np.zeros(products)])
    bounds = [(0.0, LARGEST_SHARE)] * count + [(None, None)] * products
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    if best[:count].sum() <= 0:
        return untested(count, products)
    return Mixture(tuple(float(share) for share in best[:count]), best[count:])


def mix(mixture: Mixture, stages: Sequence[NDArray[np.float32]] | NDArray[np.float32]) -> Floats:
    """Mixed log-odds of contexts, shape (contexts, products), without evening."""
    parts = zip(mixture.shares, stages, strict=True)
    total = np.sum([share * stage for share, stage in parts], axis=0)
    return np.asarray(total + mixture.shift, dtype=np.float64)


def fit_evening(tested: Unseen, mixture: Mixture, rarity: Floats) -> float:
    """How far rare products can be moved up in the order at no cost.

    Where two products are about as likely, the rarer one says more of this client. The hit rate
    averaged over products gains with every step; the largest step is taken at which the mean of
    the hit rate at 3 and the reciprocal rank of the tested contexts loses nothing that could be
    told from chance at 95 %. The first place is the likeliest product's at any step, see `order`.

    Parameters
    ----------
    rarity
        −log of the share of holdings, shape (products,).
    """
    if len(tested.targets) < FEWEST_ROWS:
        return 0.0
    scores = mix(mixture, tested.stages)
    plain = _found(scores, np.zeros(len(rarity)), tested)
    free = (s for s in EVENINGS if _is_free(plain - _found(scores, s * rarity, tested), tested))
    return max(free, default=0.0)


def _found(scores: Floats, tilt: Floats, tested: Unseen) -> Floats:
    """Mean of hit at 3 and reciprocal rank of each context, shape (contexts,)."""
    order = likeliest_first(scores + tilt, tilt, tested.closed)
    found = ranks(order, tested.targets, tested.closed)
    return np.asarray(np.mean([found <= SHOWN, 1.0 / found], axis=0))


def _is_free(lost: Floats, tested: Unseen) -> bool:
    shares = tested.weights / tested.weights.sum()
    mean = float(shares @ lost)
    return mean <= TOLD_FROM_CHANCE * float(np.sqrt(shares**2 @ (lost - mean) ** 2))
