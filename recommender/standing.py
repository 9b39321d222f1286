"""Where a client stands among clients of the same type: "in the first tenth by deposits"."""

import math
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace
from recommender.dataset import Dataset
from recommender.levels import MISSING

type Floats = NDArray[np.float64]
type Place = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares of training clients by level of an attribute that was cut into ranges.

    Attributes
    ----------
    kinds
        Client types, shape (types,).
    above, below
        Share of the clients of a type whose value is known that are at or above, at or below a
        level; NaN where levels have no order. Shape (types, levels).
    absent
        True at the missing level of an attribute that no client of a type has: it is missing
        because of the type. Shape (types, levels).
    """

    kinds: NDArray[np.str_]
    above: Floats
    below: Floats
    absent: NDArray[np.bool_]

    _places: dict[str, list[Place]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {
            str(kind): [_place(*ends) for ends in zip(above.tolist(), below.tolist(), strict=True)]
            for kind, above, below in zip(self.kinds, self.above, self.below, strict=True)
        }
        object.__setattr__(self, "_places", places)

    def of(self, kind: str, level: int) -> Place:
        """Share at or above, and at or below; None where there is none to tell."""
        return self._places[kind][level] if kind in self._places else (None, None)


def _place(above: float, below: float) -> Place:
    return (None, None) if math.isnan(above) else (above, below)


def find_standing(dataset: Dataset, space: AttributeSpace, encoded: sp.csr_matrix) -> Standing:
    """Count the clients of each type at every level, shape of `encoded` (clients, levels)."""
    own = dataset.kinds()
    kinds = np.unique(own)
    counts = np.array([encoded[own == kind].astype(bool).sum(axis=0) for kind in kinds])
    counts = counts.reshape(len(kinds), space.width).astype(np.float64)
    above, below = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    absent = np.zeros(counts.shape, dtype=bool)
    start = 0
    for attribute in space.attributes:
        end = start + len(attribute.names)
        if attribute.edges is not None:
            last = end - (attribute.names[-1] == MISSING)
            part = counts[:, start:last]
            total = np.where(part.sum(axis=1) > 0, part.sum(axis=1), np.nan)[:, None]
            above[:, start:last] = part[:, ::-1].cumsum(axis=1)[:, ::-1] / total
            below[:, start:last] = part.cumsum(axis=1) / total
        if attribute.names[-1] == MISSING:
            absent[:, end - 1] = counts[:, start : end - 1].sum(axis=1) == 0
        start = end
    return Standing(kinds, above, below, absent)
