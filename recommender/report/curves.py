"""The figures behind the plots, as arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.evaluate import Answer, Question
from recommender.metrics import SHOWN

FEWEST_ROWS = 10
BINS = 12
TOP_SHARE = 0.1

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Mean chance and share of hits by bin of chance, with the standard error of the share."""

    chances: Floats
    hits: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Gain:
    """One product among the clients it could be offered to.

    Attributes
    ----------
    reached, asked
        Share of its takers among the first share of clients, by falling chance, from 0 to 1.
    lift
        Share of takers among the first tenth of clients over the share of takers overall.
    """

    product: int
    takers: int
    asked: Floats
    reached: Floats
    lift: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Hit rate at 3 of one product by the final model, and by the best method that counts."""

    product: int
    rows: int
    final: float
    counting: float


def reliability_by_mass(chances: Floats, asked: Question) -> Reliability:
    """Bins of falling width towards high chances, each with about as many hits as the next."""
    hit = np.zeros(chances.shape, dtype=bool)
    hit[np.arange(len(asked.hidden)), asked.hidden] = True
    given, came = chances[~asked.closed], hit[~asked.closed]
    order = np.argsort(given, kind="stable")
    mass = np.cumsum(given[order])
    bins = np.minimum((mass / mass[-1] * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    kept = counts > 0
    means = np.bincount(bins, given[order], BINS)[kept] / counts[kept]
    shares = np.bincount(bins, came[order], BINS)[kept] / counts[kept]
    return Reliability(means, shares, np.sqrt(shares * (1 - shares) / counts[kept]))


def gains(chances: Floats, asked: Question) -> list[Gain]:
    """Gain and lift of each product with enough takers, most takers first."""
    takers = np.bincount(asked.hidden, minlength=chances.shape[1])
    order = np.argsort(-takers, kind="stable")
    return [
        _gain(int(product), chances, asked) for product in order if takers[product] >= FEWEST_ROWS
    ]


def standings(final: Answer, counting: list[Answer], asked: Question) -> list[Standing]:
    """Compare by product, best for the final model first; products with few rows are left out."""
    found = []
    for product in np.unique(asked.hidden).tolist():
        own = asked.hidden == product
        if own.sum() >= FEWEST_ROWS:
            best = max(float((each.found[own] <= SHOWN).mean()) for each in counting)
            mine = float((final.found[own] <= SHOWN).mean())
            found.append(Standing(product, int(own.sum()), mine, best))
    return sorted(found, key=lambda each: (each.counting - each.final, each.product))


def _gain(product: int, chances: Floats, asked: Question) -> Gain:
    rows = np.flatnonzero(~asked.closed[:, product])
    order = rows[np.argsort(-chances[rows, product], kind="stable")]
    took = (asked.hidden[order] == product).astype(np.float64)
    reached = np.concatenate([[0.0], np.cumsum(took) / took.sum()])
    first = max(1, round(len(took) * TOP_SHARE))
    lift = float(took[:first].mean() / took.mean())
    return Gain(product, int(took.sum()), np.linspace(0, 1, len(took) + 1), reached, lift)
