"""Every method on the same hidden products."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender import baselines
from recommender.columns import Columns
from recommender.dataset import Dataset
from recommender.fitting import fit
from recommender.metrics import Quality, quality, ranks
from recommender.settings import Settings

MODEL = "contexts"


@dataclass(frozen=True, slots=True)
class MethodQuality:
    """One row of the table.

    Attributes
    ----------
    fit_seconds
        Wall time to train and to score every client.
    """

    method: str
    quality: Quality
    fit_seconds: float


def evaluate(
    visible: Dataset, hidden: pd.DataFrame, seed: int, settings: Settings | None = None
) -> tuple[MethodQuality, ...]:
    """Train on what is visible, rank the products not visibly held for each hidden row.

    Parameters
    ----------
    hidden
        Columns client_id and product_id, both known to `visible` and not held there.

    Raises
    ------
    TooFewHoldings
        If the visible holdings cannot train the model.
    """
    held = visible.held()
    methods: dict[str, Callable[[], NDArray[np.float64]]] = {
        "popularity": lambda: baselines.popularity(held),
        "co-occurrence": lambda: baselines.co_occurrence(held),
        "EASE": lambda: baselines.ease(held),
        "lightfm": lambda: baselines.plain_lightfm(visible, seed),
        MODEL: lambda: _contexts(visible, seed, settings),
    }
    rows = visible.client_ids.rows(hidden[Columns.CLIENT])
    wanted = visible.product_ids.rows(hidden[Columns.PRODUCT])
    closed = held[rows].toarray() > 0
    return tuple(_measure(name, method, rows, wanted, closed) for name, method in methods.items())


def _measure(
    name: str,
    method: Callable[[], NDArray[np.float64]],
    rows: NDArray[np.int64],
    wanted: NDArray[np.int64],
    closed: NDArray[np.bool_],
) -> MethodQuality:
    started = perf_counter()
    scores = method()
    seconds = perf_counter() - started
    found = ranks(scores[rows], wanted, closed)
    return MethodQuality(name, quality(found, wanted), seconds)


def _contexts(visible: Dataset, seed: int, settings: Settings | None) -> NDArray[np.float64]:
    model = fit(visible, seed, settings)
    encoded = model.attributes.encode(visible.clients)
    return model.scores.of(model.features(encoded, visible.held()))
