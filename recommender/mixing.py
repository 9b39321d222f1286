"""How far to trust each stage: weights that make the probabilities of held-back rows largest.

The weights also set the scale, so that the softmax of the mixed scores is a probability: among
clients with this context who hold one product more, the share for whom it is this one
(temperature scaling: Guo et al. 2017, "On Calibration of Modern Neural Networks", with one
temperature a stage).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

type Floats = NDArray[np.float64]

FEWEST_ROWS = 20
UNTESTED = (0.5, 0.5)
LARGEST_WEIGHT = 10.0


def fit_shares(
    first: Floats, second: Floats, targets: NDArray[np.int64], closed: NDArray[np.bool_]
) -> tuple[float, float]:
    """Find the two non-negative weights by likelihood.

    Parameters
    ----------
    first, second
        Scores of rows neither stage was trained on, shape (rows, products).
    targets
        The product left out of each row, shape (rows,).
    closed
        True where a product cannot be the answer, as it is held beside, shape (rows, products).
    """
    if len(targets) < FEWEST_ROWS:
        return UNTESTED
    stages = np.stack([_filled(first, closed), _filled(second, closed)])
    rows = np.arange(len(targets))

    def loss(shares: Floats) -> tuple[float, Floats]:
        scores = np.where(closed, -np.inf, np.tensordot(shares, stages, axes=1))
        logs = log_softmax(scores, axis=1)
        chances = np.exp(logs)
        gradient = [float((chances * s).sum(1).mean() - s[rows, targets].mean()) for s in stages]
        return float(-logs[rows, targets].mean()), np.array(gradient)

    bounds = [(0.0, LARGEST_WEIGHT)] * 2
    best = minimize(loss, np.array(UNTESTED), jac=True, method="L-BFGS-B", bounds=bounds).x
    return (float(best[0]), float(best[1])) if best.sum() > 0 else UNTESTED


def _filled(scores: Floats, closed: NDArray[np.bool_]) -> Floats:
    return np.where(closed, 0.0, scores)
