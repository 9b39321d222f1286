"""Tell whether the final model is better than the best of the others, or lucky.

A paired bootstrap over the hidden rows (Efron 1979): the rows are drawn again with replacement,
the same for both methods, and the difference is taken each time. With several seeds a row's
figure is its mean over seeds, so that what is left is the chance of the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.evaluate import Answer, Question
from recommender.methods import FINAL
from recommender.metrics import DEEPEST, SHOWN, losses

DRAWS = 2_000
LEVEL = 0.95
LOWER_IS_BETTER = frozenset({"log_loss"})
MACRO = "macro_hr@3"

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """Final model less the best of the others on one metric, with its 95 % interval."""

    metric: str
    best_other: str
    final: float
    other: float
    low: float
    high: float


def differences(
    runs: Sequence[Sequence[Answer]], asked: Question, seed: int
) -> tuple[Difference, ...]:
    """Compare on every metric that is a mean over rows, and on the mean over products."""
    rows = len(asked.hidden)
    rng = np.random.default_rng([seed, 5])
    drawn = rng.multinomial(rows, np.full(rows, 1.0 / rows), DRAWS).astype(np.float32)
    products = asked.hidden[:, None] == np.unique(asked.hidden)[None, :]
    every = np.ones((rows, 1), dtype=bool)
    figures = {answer.row.method: _figures(runs, answer.row.method, asked) for answer in runs[0]}
    found = []
    for metric in figures[FINAL]:
        groups = products if metric == MACRO else every
        own = {name: each[metric] for name, each in figures.items() if metric in each}
        if len(own) > 1:
            found.append(_difference(metric, own, groups, drawn))
    return tuple(found)


def _difference(
    metric: str, figures: dict[str, Floats], groups: NDArray[np.bool_], drawn: NDArray[np.float32]
) -> Difference:
    all_rows = np.ones((1, drawn.shape[1]), dtype=np.float32)
    points = {name: float(_means(rows, groups, all_rows)[0]) for name, rows in figures.items()}
    final = points.pop(FINAL)
    better = min if metric in LOWER_IS_BETTER else max
    best = better(points, key=lambda name: points[name])
    apart = _means(figures[FINAL], groups, drawn) - _means(figures[best], groups, drawn)
    low, high = np.quantile(apart, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Difference(metric, best, final, points[best], float(low), float(high))


def _means(rows: Floats, groups: NDArray[np.bool_], drawn: NDArray[np.float32]) -> Floats:
    """Mean over groups of the mean over a group's rows, for every draw, shape (draws,)."""
    sums = drawn @ (rows[:, None] * groups)
    counts = drawn @ groups
    means = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return np.asarray(np.nanmean(means, axis=1))


def _figures(runs: Sequence[Sequence[Answer]], method: str, asked: Question) -> dict[str, Floats]:
    own = [next(a for a in run if a.row.method == method) for run in runs]
    found = np.array([answer.found for answer in own])
    figures = {
        "hr@1": found == 1,
        "hr@3": found <= SHOWN,
        "mrr": 1.0 / found,
        MACRO: found <= SHOWN,
        "ndcg@5": np.where(found <= DEEPEST, 1.0 / np.log2(1.0 + found), 0.0),
    }
    chances = [answer.chances for answer in own if answer.chances is not None]
    if chances:
        figures["log_loss"] = np.array([losses(chance, asked.hidden) for chance in chances])
    return {name: np.asarray(rows, dtype=np.float64).mean(axis=0) for name, rows in figures.items()}
