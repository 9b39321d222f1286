"""How well hidden products are found, and how far their chances can be believed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHOWN = 3
DEEPEST = 5
BINS = 15

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of the order, between 0 and 1, higher is better; and of the chances.

    Attributes
    ----------
    hr_at_1, hr_at_3
        Hit rate: share of hidden products ranked first, or among the first three.
    mrr
        Mean reciprocal rank.
    macro_hr_at_3
        The hit rate at 3 of each product, averaged over products: rare ones count as much.
    ndcg_at_5
        ``1 / log2(1 + rank)`` of hidden products among the first five, averaged (Järvelin and
        Kekäläinen 2002, with one right answer a row).
    coverage
        Share of the catalogue that is among the first three of anyone.
    log_loss
        Mean −log of the chance of the hidden product among those not held, in nats, lower is
        better; None for a method that gives no chances.
    calibration_error
        Expected calibration error, lower is better: every product a row could get falls into one
        of 15 equal bins by its chance; the mean distance of chance and share of hits, each bin
        counting by its products. None for a method that gives no chances.
    """

    hr_at_1: float
    hr_at_3: float
    mrr: float
    macro_hr_at_3: float
    ndcg_at_5: float = 0.0
    coverage: float = 0.0
    log_loss: float | None = None
    calibration_error: float | None = None


def ranks(
    scores: NDArray[np.float64], hidden: NDArray[np.int64], held: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Rank of each hidden product among those not held, 1 for the best, shape (rows,).

    Equal scores count against the method, so that scoring everything alike gains nothing.

    Parameters
    ----------
    scores, held
        Shape (rows, products).
    hidden
        Product row numbers, shape (rows,).
    """
    rows = np.arange(len(hidden))
    rivals = ~held
    rivals[rows, hidden] = False
    ahead = rivals & (scores >= scores[rows, hidden][:, None])
    return np.asarray(ahead.sum(axis=1) + 1, dtype=np.int64)


def quality(found: NDArray[np.int64], hidden: NDArray[np.int64]) -> Quality:
    """Sum up ranks, shape (rows,), of hidden products, shape (rows,)."""
    products = (found[hidden == product] for product in np.unique(hidden))
    return Quality(
        hr_at_1=float((found == 1).mean()),
        hr_at_3=float((found <= SHOWN).mean()),
        mrr=float((1.0 / found).mean()),
        macro_hr_at_3=_mean((own <= SHOWN).mean() for own in products),
        ndcg_at_5=float(np.where(found <= DEEPEST, 1.0 / np.log2(1.0 + found), 0.0).mean()),
    )


def coverage(scores: Floats, held: NDArray[np.bool_]) -> float:
    """Share of the products, columns of `scores`, that are among the first three of any row."""
    best = np.argsort(np.where(held, np.inf, -scores), axis=1, kind="stable")[:, :SHOWN]
    shown = best[np.take_along_axis(~held, best, axis=1)]
    return float(len(np.unique(shown)) / scores.shape[1])


def losses(chances: Floats, hidden: NDArray[np.int64]) -> Floats:
    """−log of the chance of each hidden product, shape (rows,)."""
    reached = chances[np.arange(len(hidden)), hidden]
    return np.asarray(-np.log(np.maximum(reached, np.finfo(np.float64).tiny)))


def reliability(
    chances: Floats, hidden: NDArray[np.int64], closed: NDArray[np.bool_]
) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Mean chance, share of hits and count of each bin that is not empty, ascending."""
    hit = np.zeros(chances.shape, dtype=bool)
    hit[np.arange(len(hidden)), hidden] = True
    given, came = chances[~closed], hit[~closed]
    bins = np.minimum((given * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(bins, minlength=BINS)
    kept = counts > 0
    means = np.bincount(bins, given, BINS)[kept] / counts[kept]
    shares = np.bincount(bins, came, BINS)[kept] / counts[kept]
    return means, shares, counts[kept]


def calibration_error(
    chances: Floats, hidden: NDArray[np.int64], closed: NDArray[np.bool_]
) -> float:
    """Mean distance of chance and share of hits over bins, see `Quality`."""
    means, shares, counts = reliability(chances, hidden, closed)
    return float((np.abs(means - shares) * counts).sum() / counts.sum())


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
