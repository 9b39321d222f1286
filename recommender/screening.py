"""Which attributes say more together, or together with a held product, than each alone.

After a first fit, the residuals of half the clients propose an effect for each cell of a cross
(one damped Newton step), and the other half tells how much likelihood that effect would gain. A
cross that gains nothing on clients it was not proposed by is not made.
"""

from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.crosses import source_codes
from recommender.effects import fit_effects
from recommender.material import CROSS_PRECISION, Material, with_crosses
from recommender.settings import Settings
from recommender.softmax import Softmax

MOST_CONTEXTS = 20_000
FEWEST_GAINED = 4.0
"""Log-likelihood a cross must gain on unseen contexts; chance alone gains less than nothing."""
FIRST_STEPS = 30
LARGEST_CROSS = 2_500
CELL_PRECISION = 2 * CROSS_PRECISION

type Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Half:
    rows: NDArray[np.int64]
    residuals: Floats
    spread: Floats


def with_found_crosses(material: Material, seed: int, settings: Settings) -> Material:
    """Add the crosses that gain most, at most so many as the settings allow."""
    if settings.crosses < 1 or not material.space.attributes:
        return material
    rng = np.random.default_rng([seed, 4])
    count = len(material.contexts)
    drawn = np.zeros(count, dtype=bool)
    drawn[rng.choice(count, min(MOST_CONTEXTS, count), replace=False)] = True
    gains = _gains(material, drawn, rng)
    best = sorted(gains, key=lambda sides: (-gains[sides], sides))[: settings.crosses]
    found = tuple(sorted(sides for sides in best if gains[sides] > FEWEST_GAINED))
    return with_crosses(material, found) if found else material


def _gains(
    material: Material, drawn: NDArray[np.bool_], rng: np.random.Generator
) -> dict[tuple[int, int], float]:
    design, contexts = material.design.where(drawn), material.contexts.where(drawn)
    likelihood = Softmax(design)
    fitted = fit_effects(likelihood, design.groups, material.precisions, 2, FIRST_STEPS)
    residuals, spread = likelihood.residuals(fitted.effects)
    half = rng.random(material.encoded.shape[0])[contexts.clients] < 0.5
    halves = [
        _Half(rows, residuals[rows], spread[rows])
        for rows in (np.flatnonzero(half), np.flatnonzero(~half))
    ]
    crosses, attributes = material.crosses, len(material.space.attributes)
    wanted = list(range(len(crosses.sizes)))
    encoded = material.encoded[contexts.clients]
    codes = source_codes(crosses.sizes, attributes, encoded, contexts.others, wanted)
    candidates = chain(
        combinations(range(attributes), 2),
        ((a, held) for a in range(attributes) for held in range(attributes, len(wanted))),
    )
    return {
        (first, second): _gain(codes[first], codes[second], size, halves)
        for first, second in candidates
        if (size := (crosses.sizes[first], crosses.sizes[second]))
        and size[0] * size[1] <= LARGEST_CROSS
    }


def _gain(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    size: tuple[int, int],
    halves: list[_Half],
) -> float:
    sums = [_cells(first, second, size, half) for half in halves]
    return min(_unseen_gain(*sums), _unseen_gain(*reversed(sums)))


def _cells(
    first: NDArray[np.int64], second: NDArray[np.int64], size: tuple[int, int], half: _Half
) -> tuple[Floats, Floats]:
    """Gradient and curvature of each cell, shape (cells, products) each."""
    own, other = first[half.rows], second[half.rows]
    present = np.flatnonzero((own >= 0) & (other >= 0))
    cells = own[present] * size[1] + other[present]
    ones = np.ones(len(present), dtype=np.float32)
    shape = (size[0] * size[1], len(half.rows))
    place = sp.csr_matrix((ones, (cells, present)), shape=shape)
    return place @ half.residuals, place @ half.spread


def _unseen_gain(proposing: tuple[Floats, Floats], judging: tuple[Floats, Floats]) -> float:
    gradient, curvature = proposing
    step = gradient / (curvature + CELL_PRECISION)
    return float((step * judging[0] - 0.5 * step**2 * judging[1]).sum())
