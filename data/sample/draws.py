"""Small draws every module of the generator shares: one random stream a topic, weighted picks."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]


def stream(seed: int, topic: str) -> np.random.Generator:
    """Open the random stream of one topic, so that a change in one leaves the others alone."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode())])


def pick(rng: np.random.Generator, weights: Mapping[str, float], size: int) -> Texts:
    """Draw ``size`` options by their weights (which need not sum to one)."""
    shares = np.array(list(weights.values()), dtype=np.float64)
    drawn = rng.choice(len(shares), size=size, p=shares / shares.sum())
    return np.array(list(weights), dtype=object)[drawn]


def pick_by(
    rng: np.random.Generator, groups: Texts, tables: Mapping[str, Mapping[str, float]]
) -> Texts:
    """Draw one option a row from the weights of the row's group."""
    drawn = np.empty(len(groups), dtype=object)
    for group, weights in tables.items():
        rows = groups == group
        drawn[rows] = pick(rng, weights, int(rows.sum()))
    return drawn


def read_out(
    rng: np.random.Generator, scores: Floats, options: Sequence[str], noise: float
) -> Texts:
    """Name the strongest of the scored options a row, seen through Gumbel noise.

    Parameters
    ----------
    scores
        Rows x options.
    noise
        Scale of the noise; the larger, the less the answer tells of the scores.
    """
    seen = scores + rng.gumbel(scale=noise, size=scores.shape)
    return np.array(options, dtype=object)[seen.argmax(axis=1)]


def band(values: Floats, cuts: Sequence[float], names: Sequence[str]) -> Texts:
    """Name the band of each value; ``cuts`` are the lower edges of all bands but the first."""
    return np.array(names, dtype=object)[np.searchsorted(cuts, values, side="right")]


def fen(yuan: Floats, step: float = 0.01) -> NDArray[np.int64]:
    """Round yuan to a multiple of ``step`` yuan and give whole fen."""
    return np.rint(np.rint(yuan / step) * step * 100).astype(np.int64)
