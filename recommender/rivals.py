"""What others would build with scikit-learn, to be measured against: not part of the model.

Both take the clients and the holdings they are to score, and return log-odds up to a constant of
each client, shape (clients, products).
"""

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from recommender.attributes import find_attributes
from recommender.contexts import leave_one_out
from recommender.dataset import Dataset
from recommender.levels import as_number
from recommender.linear import LinearScores

type Floats = NDArray[np.float64]

MOST_CONTEXTS = 60_000
MOST_CATEGORIES = 250
PENALTY_INVERSE = 1.0
FEWEST_HOLDERS = 2
FEWEST_CONTEXTS = 10
ENOUGH_TO_STOP = 1_000
ROUNDS = 60
LEAVES = 15
SMALLEST = 1e-9


def logistic_a_product(dataset: Dataset) -> Floats:
    """One logistic regression a product on attributes and the other products held."""
    held = dataset.held()
    encoded = find_attributes(dataset.clients).encode(dataset.clients)
    return fit_odds(encoded, held).of(sp.csr_matrix(sp.hstack([encoded, held])))


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


def boosted_contexts(dataset: Dataset, seed: int) -> Floats:
    """Histogram gradient boosting on leave-one-out contexts, one class a product."""
    held = dataset.held()
    contexts = leave_one_out(held).sample(MOST_CONTEXTS, np.random.default_rng([seed, 6]))
    counts = np.bincount(contexts.targets, minlength=held.shape[1])
    scores = np.tile(np.log(counts + SMALLEST), (held.shape[0], 1))
    contexts = contexts.where(counts[contexts.targets] >= FEWEST_CONTEXTS)
    if len(np.unique(contexts.targets)) < 2:
        return scores
    attributes, categories = _columns(dataset.clients)
    mask = np.append(categories, np.zeros(held.shape[1], dtype=bool))
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        max_leaf_nodes=LEAVES,
        early_stopping=len(contexts) >= ENOUGH_TO_STOP,
        n_iter_no_change=5,
        categorical_features=mask if mask.any() else None,
        random_state=seed,
    )
    rows = np.hstack([attributes[contexts.clients], contexts.others.toarray()])
    model.fit(rows, contexts.targets)
    chances = model.predict_proba(np.hstack([attributes, held.toarray()]))
    scores[:] = np.log(SMALLEST)
    scores[:, model.classes_] = np.log(np.maximum(chances, SMALLEST))
    return scores


def _columns(clients: pd.DataFrame) -> tuple[Floats, NDArray[np.bool_]]:
    """Numbers and dates as numbers, anything else as the codes of its commonest values."""
    columns, categories = [], []
    for name in clients.columns:
        values = clients[name]
        present = values.dropna()
        distinct = {value: as_number(value) for value in present.unique()}
        numeric = not any(np.isnan(number) for number in distinct.values())
        if not numeric:
            common = present.value_counts().index[:MOST_CATEGORIES]
            distinct = {value: float(code) for code, value in enumerate(common)}
        column = values.map(distinct).to_numpy(dtype=np.float64)
        if len(np.unique(column[~np.isnan(column)])) > 1:
            columns.append(column)
            categories.append(not numeric)
    return np.array(columns).reshape(-1, len(clients)).T, np.array(categories, dtype=bool)
