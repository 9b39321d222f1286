"""The odds of holding each product, one at a time: a logistic regression a product.

It learns from clients who hold a product against all who do not, where the other stages only
learn which product it is. It is a sum over the same features.
"""

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from recommender.linear import LinearScores

PENALTY_INVERSE = 1.0
FEWEST_HOLDERS = 2


def fit_odds(encoded: sp.csr_matrix, held: sp.csr_matrix) -> LinearScores:
    """Fit the log-odds of every product on attributes and the other products held.

    Parameters
    ----------
    encoded
        Attributes, all levels at one value, shape (clients, levels).
    held
        Ones, shape (clients, products).

    Returns
    -------
    LinearScores
        Over levels, then products; no product has a weight for itself.
    """
    value = float(encoded.data[0]) if encoded.nnz else 1.0
    levels = sp.csr_matrix(encoded > 0, dtype=np.float64)
    columns = sp.csr_matrix(sp.hstack([levels, held], dtype=np.float64))
    count, products = held.shape
    weights, base = np.zeros((columns.shape[1], products)), np.empty(products)
    for product in range(products):
        own = held[:, [product]].toarray().ravel() > 0
        if not FEWEST_HOLDERS <= own.sum() < count:
            base[product] = np.log((own.sum() + 0.5) / count)
            continue
        kept = np.arange(columns.shape[1]) != levels.shape[1] + product
        model = LogisticRegression(C=PENALTY_INVERSE, solver="liblinear", random_state=0)
        model.fit(columns[:, kept], own)
        weights[kept, product] = model.coef_[0]
        base[product] = model.intercept_[0]
    weights[: levels.shape[1]] /= value
    return LinearScores(weights, base)
