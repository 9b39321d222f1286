"""The second opinion on the same contexts: multinomial logistic regression.

LightFM learns the order of products, this learns their probability. Both are sums over the same
features, so their mixture is one too and reasons stay exact.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from recommender.linear import LinearScores

PENALTY_INVERSE = 1.0
STEPS = 200
TOLERANCE = 1e-3


def fit_softmax(features: sp.csr_matrix, targets: NDArray[np.int64], products: int) -> LinearScores:
    """Fit the log-odds of each product as target.

    Parameters
    ----------
    features
        Shape (contexts, features).
    targets
        Product row numbers, shape (contexts,), of two products or more.
    products
        Size of the catalogue.

    Returns
    -------
    LinearScores
        Log-odds up to a constant of each context. A product that is never a target has no
        weights and a base below every other.
    """
    model = LogisticRegression(C=PENALTY_INVERSE, max_iter=STEPS, tol=TOLERANCE)
    model.fit(features.astype(np.float64), targets)
    weights = np.zeros((features.shape[1], products))
    intercepts = np.full(products, np.nan)
    if len(model.classes_) == 2:
        weights[:, model.classes_[1]] = model.coef_[0]
        intercepts[model.classes_] = [0.0, model.intercept_[0]]
    else:
        weights[:, model.classes_] = model.coef_.T
        intercepts[model.classes_] = model.intercept_
    lowest = np.nanmin(intercepts) - 1.0
    return LinearScores(weights, np.where(np.isnan(intercepts), lowest, intercepts))
