"""What others would build with scikit-learn, to be measured against: not part of the model.

Both take the clients and the holdings they are to score, and return log-odds up to a constant of
each client, shape (clients, products).
"""

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from recommender.attributes import find_attributes
from recommender.contexts import leave_one_out
from recommender.dataset import Dataset
from recommender.levels import as_number
from recommender.odds import fit_odds

type Floats = NDArray[np.float64]

MOST_CONTEXTS = 60_000
MOST_CATEGORIES = 250
FEWEST_HOLDERS = 10
ENOUGH_TO_STOP = 1_000
ROUNDS = 60
LEAVES = 15
SMALLEST = 1e-9


def logistic_a_product(dataset: Dataset) -> Floats:
    """One logistic regression a product on attributes and the other products held."""
    held = dataset.held()
    encoded = find_attributes(dataset.clients).encode(dataset.clients)
    return fit_odds(encoded, held).of(sp.csr_matrix(sp.hstack([encoded, held])))


def boosted_contexts(dataset: Dataset, seed: int) -> Floats:
    """Histogram gradient boosting on leave-one-out contexts, one class a product."""
    held = dataset.held()
    contexts = leave_one_out(held).sample(MOST_CONTEXTS, np.random.default_rng([seed, 6]))
    counts = np.bincount(contexts.targets, minlength=held.shape[1])
    scores = np.tile(np.log(counts + SMALLEST), (held.shape[0], 1))
    contexts = contexts.where(counts[contexts.targets] >= FEWEST_HOLDERS)
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
        columns.append(values.map(distinct).to_numpy(dtype=np.float64))
        categories.append(not numeric)
    return np.array(columns).reshape(-1, len(clients)).T, np.array(categories, dtype=bool)
