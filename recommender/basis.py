"""How the levels of an attribute share strength while a model is trained.

A level of its own for every value is free but noisy. While training, the effect of a level is
therefore a sum of three parts, each drawn towards zero on its own: the level's own, one shared by
a few neighbouring levels, and a straight line through all of them. Categories have the first
alone. The sum is folded into one weight a level, so scoring knows nothing of it.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace
from recommender.levels import MISSING, OTHER, Levels

FEWEST_ORDERED = 4
NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Basis:
    """The parts.

    Attributes
    ----------
    parts
        Weight of each part in each level, shape (levels, parts); a level's effect is
        ``parts @ part effects``.
    groups
        Parts with the same number are drawn towards zero equally hard, shape (parts,).
    """

    parts: sp.csr_matrix
    groups: NDArray[np.int64]


def find_basis(space: AttributeSpace) -> Basis:
    """Lay out the parts of every attribute."""
    blocks: list[NDArray[np.float64]] = []
    groups: list[NDArray[np.int64]] = []
    count = 0
    for attribute in space.attributes:
        kinds = [np.eye(len(attribute.names)), *_ordered_parts(attribute)]
        blocks.append(np.hstack(kinds))
        for kind in kinds:
            groups.append(np.full(kind.shape[1], count))
            count += 1
    if not blocks:
        return Basis(sp.csr_matrix((0, 0)), np.empty(0, dtype=np.int64))
    return Basis(
        sp.csr_matrix(sp.block_diag([sp.coo_array(block) for block in blocks])),
        np.concatenate(groups).astype(np.int64),
    )


def _ordered_parts(attribute: Levels) -> list[NDArray[np.float64]]:
    places = _places(attribute)
    present = ~np.isnan(places)
    if present.sum() < FEWEST_ORDERED:
        return []
    line = np.where(present, places - np.nanmean(places), 0.0)
    line = line / np.sqrt((line**2).sum() / present.sum())
    order = np.argsort(np.argsort(np.where(present, places, np.inf), kind="stable"))
    near = np.where(present, order // NEIGHBOURS, -1)
    shared = (near[:, None] == np.arange(near.max() + 1)).astype(np.float64)
    return [shared, line[:, None]] if shared.shape[1] > 1 else [line[:, None]]


def _places(attribute: Levels) -> NDArray[np.float64]:
    """Place of each level on a line, NaN where it has none."""
    if attribute.edges is not None:
        places = np.arange(len(attribute.names), dtype=np.float64)
        return np.where(np.array(attribute.names) == MISSING, np.nan, places)
    numbers = [_number(name) for name in attribute.names]
    named = np.array([name in (MISSING, OTHER) for name in attribute.names])
    places = np.array(numbers)
    if np.isnan(places[~named]).any():
        return np.full(len(places), np.nan)
    ranks = np.argsort(np.argsort(places, kind="stable"), kind="stable").astype(np.float64)
    return np.where(named | np.isnan(places), np.nan, ranks)


def _number(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return float("nan")
