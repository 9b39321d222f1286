"""How one method stands on held-out data: the few figures that decide what goes into use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender.columns import Columns
from recommender.dataset import Dataset
from recommender.metrics import ranks

type Contender = Callable[[Dataset], NDArray[np.floating]]
"""Learns from what is visible, or learnt before, and scores it: shape (clients, products)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One row; the figures are those of `recommender.metrics`, between 0 and 1.

    Attributes
    ----------
    seconds
        Wall time to train and to score every client.
    """

    method: str
    hr_at_1: float
    hr_at_3: float
    mrr: float
    seconds: float


def standings(
    visible: Dataset, hidden: pd.DataFrame, contenders: Mapping[str, Contender]
) -> tuple[Standing, ...]:
    """Let every contender rank the products not visibly held, for each hidden row."""
    held = visible.held()
    rows = visible.client_ids.rows(hidden[Columns.CLIENT])
    wanted = visible.product_ids.rows(hidden[Columns.PRODUCT])
    closed = held[rows].toarray() > 0
    found = []
    for name, contender in contenders.items():
        started = perf_counter()
        scores = np.asarray(contender(visible), dtype=np.float64)
        seconds = perf_counter() - started
        places = ranks(scores[rows], wanted, closed)
        found.append(
            Standing(
                method=name,
                hr_at_1=float((places == 1).mean()),
                hr_at_3=float((places <= 3).mean()),
                mrr=float((1.0 / places).mean()),
                seconds=seconds,
            )
        )
    return tuple(found)
