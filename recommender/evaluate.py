"""Every method on the same hidden products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import log_softmax

from recommender.columns import Columns
from recommender.dataset import Dataset
from recommender.methods import COUNTING, FINAL, OWN, SEEDLESS, Method, Scored
from recommender.metrics import Quality, calibration_error, coverage, losses, quality, ranks
from recommender.settings import Settings

type Floats = NDArray[np.float64]


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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every method.

    Attributes
    ----------
    clients
        Row number of the client, shape (rows,).
    hidden
        Row number of the product to find, shape (rows,).
    closed
        True where a product cannot be the answer: held, or hidden in another row of the same
        client. Shape (rows, products).
    """

    clients: NDArray[np.int64]
    hidden: NDArray[np.int64]
    closed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answer:
    """One method's answers.

    Attributes
    ----------
    found
        Rank of each hidden product, shape (rows,).
    chances
        Shape (rows, products), rows sum to 1; None if the method gives none.
    """

    row: MethodQuality
    found: NDArray[np.int64]
    chances: Floats | None


def evaluate(
    visible: Dataset,
    hidden: pd.DataFrame,
    seed: int,
    settings: Settings | None = None,
    methods: Mapping[str, Method] | None = None,
) -> tuple[MethodQuality, ...]:
    """Train on what is visible, rank the products not visibly held for each hidden row.

    Parameters
    ----------
    hidden
        Columns client_id and product_id, both known to `visible` and not held there.
    methods
        By default those that count and our own.

    Raises
    ------
    TooFewHoldings
        If the visible holdings cannot train the model.
    """
    methods = methods or {**COUNTING, **OWN}
    asked = ask(visible, hidden)
    return tuple(answer.row for answer in answers(visible, asked, methods, seed, settings))


def ask(visible: Dataset, hidden: pd.DataFrame) -> Question:
    """Lay out the hidden pairs; in a client's other rows a hidden product is no wrong answer."""
    clients = visible.client_ids.rows(hidden[Columns.CLIENT])
    products = visible.product_ids.rows(hidden[Columns.PRODUCT])
    closed = visible.held()[clients].toarray() > 0
    _, own = np.unique(clients, return_inverse=True)
    also = np.zeros((int(own.max(initial=-1)) + 1, closed.shape[1]), dtype=bool)
    also[own, products] = True
    closed |= also[own]
    closed[np.arange(len(products)), products] = False
    return Question(clients, products, closed)


def answers(
    visible: Dataset,
    asked: Question,
    methods: Mapping[str, Method],
    seed: int,
    settings: Settings | None = None,
) -> list[Answer]:
    """Train and measure each method; one that has nothing to say is left out."""
    found = (
        _measured(name, method, (visible, asked), seed, settings or Settings())
        for name, method in methods.items()
    )
    return [answer for answer in found if answer is not None]


def over_seeds(
    visible: Dataset,
    asked: Question,
    methods: Mapping[str, Method],
    seeds: Sequence[int],
    settings: Settings | None = None,
) -> list[list[Answer]]:
    """Measure the methods for every seed; those without chance in them once, shown each time."""
    runs = [answers(visible, asked, methods, seeds[0], settings)]
    steady = {answer.row.method: answer for answer in runs[0] if answer.row.method in SEEDLESS}
    moving = {name: method for name, method in methods.items() if name not in SEEDLESS}
    for seed in seeds[1:]:
        own = {a.row.method: a for a in answers(visible, asked, moving, seed, settings)}
        both = {**steady, **own}
        runs.append([both[a.row.method] for a in runs[0]])
    return runs


def _measured(
    name: str, method: Method, data: tuple[Dataset, Question], seed: int, settings: Settings
) -> Answer | None:
    visible, asked = data
    started = perf_counter()
    scored = method(visible, seed, settings)
    seconds = perf_counter() - started
    if scored is None:
        return None
    scores = scored.scores[asked.clients]
    found = ranks(scores, asked.hidden, asked.closed)
    summed = replace(quality(found, asked.hidden), coverage=coverage(scores, asked.closed))
    chances = _chances(scored, asked)
    if chances is not None:
        summed = replace(
            summed,
            log_loss=float(losses(chances, asked.hidden).mean()),
            calibration_error=calibration_error(chances, asked.hidden, asked.closed),
        )
    return Answer(MethodQuality(name, summed, seconds), found, chances)


def _chances(scored: Scored, asked: Question) -> Floats | None:
    if scored.odds is None:
        return None
    odds = np.where(asked.closed, -np.inf, scored.odds[asked.clients])
    return np.asarray(np.exp(log_softmax(odds, axis=1)))


def final_of(run: Sequence[Answer]) -> Answer:
    """Return the final model's answers."""
    return next(answer for answer in run if answer.row.method == FINAL)
