"""Where hidden products are found: by product, and by kind of client."""

import numpy as np
from numpy.typing import NDArray

from recommender.dataset import Dataset
from recommender.evaluate import Question
from recommender.metrics import SHOWN

MANY = 4


def hits_by_product(
    found: NDArray[np.int64], asked: Question, dataset: Dataset
) -> dict[str, dict[str, float]]:
    """Hidden rows and hit rates of each product hidden at least once, in catalogue order."""
    ids = dataset.product_ids.ids
    return {
        ids[product]: _hits(found[asked.hidden == product])
        for product in np.unique(asked.hidden).tolist()
    }


def hits_by_segment(
    found: NDArray[np.int64], asked: Question, dataset: Dataset
) -> dict[str, dict[str, float]]:
    """Hidden rows and hit rates by client type, and by how many products are in sight."""
    kinds = dataset.kinds()[asked.clients]
    numbers = np.asarray(dataset.held()[asked.clients].sum(axis=1), dtype=np.int64).ravel()
    several = np.minimum(numbers, MANY)
    rows = {f"kind={kind}": kinds == kind for kind in np.unique(kinds) if kind}
    rows |= {
        f"held={number}{'+' if number == MANY else ''}": several == number
        for number in np.unique(several).tolist()
    }
    return {name: _hits(found[own]) for name, own in rows.items()}


def _hits(found: NDArray[np.int64]) -> dict[str, float]:
    return {
        "held_out": len(found),
        "hr@1": round(float((found == 1).mean()), 6),
        "hr@3": round(float((found <= SHOWN).mean()), 6),
    }
