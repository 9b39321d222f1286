"""What two things together say: pairs of held products, and attributes crossed with another thing.

A cross is one more feature of a context, so a score that uses it is still a sum.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace

type Sides = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Crosses:
    """Which pairs of *sources* are features.

    A source is an attribute (numbers from 0) or a held product (numbers after the attributes).

    Attributes
    ----------
    sizes
        Levels of each source, 1 for a product, shape (sources,).
    attributes
        How many of the sources are attributes.
    pairs
        Held products that count together, product row numbers, the lower first, shape (pairs, 2).
    sides
        Two sources a cross, the first an attribute.
    """

    sizes: tuple[int, ...]
    attributes: int
    pairs: tuple[Sides, ...] = ()
    sides: tuple[Sides, ...] = ()

    def __len__(self) -> int:
        return len(self.pairs) + sum(self._widths())

    def members(self) -> NDArray[np.int64]:
        """Two base features (attribute levels, then products) of each column, shape (len, 2)."""
        starts = np.cumsum([0, *self.sizes])
        levels = int(starts[self.attributes])
        blocks = [np.array(self.pairs, dtype=np.int64).reshape(-1, 2) + levels]
        for first, second in self.sides:
            cells = np.indices((self.sizes[first], self.sizes[second])).reshape(2, -1).T
            blocks.append(cells + np.array([starts[first], starts[second]]))
        return np.concatenate(blocks).astype(np.int64)

    def encode(self, attributes: sp.csr_matrix, held: sp.csr_matrix) -> sp.csr_matrix:
        """Lay out the crosses of contexts as ones, shape (contexts, len), float32.

        Parameters
        ----------
        attributes
            Encoded attributes, shape (contexts, levels).
        held
            Ones, shape (contexts, products).
        """
        found = [self._held_pairs(held), *self._crossed(attributes, held)]
        rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
        ones = np.ones(len(rows), dtype=np.float32)
        return sp.csr_matrix((ones, (rows, columns)), shape=(held.shape[0], len(self)))

    def _widths(self) -> list[int]:
        return [self.sizes[first] * self.sizes[second] for first, second in self.sides]

    def _held_pairs(self, held: sp.csr_matrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, first, second = held_pairs(held)
        products = held.shape[1]
        places = np.full(products * products, -1, dtype=np.int64)
        kept = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        places[kept[:, 0] * products + kept[:, 1]] = np.arange(len(kept))
        columns = places[first * products + second]
        return rows[columns >= 0], columns[columns >= 0]

    def _crossed(
        self, attributes: sp.csr_matrix, held: sp.csr_matrix
    ) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        wanted = sorted({source for sides in self.sides for source in sides})
        codes = source_codes(self.sizes, self.attributes, attributes, held, wanted)
        start, found = len(self.pairs), []
        for (first, second), width in zip(self.sides, self._widths(), strict=True):
            rows = np.flatnonzero((codes[first] >= 0) & (codes[second] >= 0))
            cells = codes[first][rows] * self.sizes[second] + codes[second][rows]
            found.append((rows, start + cells))
            start += width
        return found


def sources(space: AttributeSpace, products: int) -> tuple[int, ...]:
    """Sizes of all sources: attributes, then products."""
    return (*(len(attribute.names) for attribute in space.attributes), *([1] * products))


def held_pairs(
    held: sp.csr_matrix,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Row and both products, the lower first, of every two products held together."""
    held = held.sorted_indices()
    sizes = np.diff(held.indptr)
    rows = np.repeat(np.arange(held.shape[0]), sizes)
    columns = held.indices.astype(np.int64)
    found = []
    for lag in range(1, int(sizes.max(initial=1))):
        same = np.flatnonzero(rows[lag:] == rows[:-lag])
        found.append((rows[same], columns[same], columns[same + lag]))
    if not found:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty
    first, second, third = (np.concatenate(part) for part in zip(*found, strict=True))
    return first, second, third


def source_codes(
    sizes: tuple[int, ...],
    attributes: int,
    encoded: sp.csr_matrix,
    held: sp.csr_matrix,
    wanted: list[int],
) -> dict[int, NDArray[np.int64]]:
    """Level of each wanted source in each row, −1 where there is none, shape (rows,) each."""
    starts = np.cumsum([0, *sizes])
    source_of = np.repeat(np.arange(attributes), sizes[:attributes])
    rows = np.repeat(np.arange(encoded.shape[0]), np.diff(encoded.indptr))
    table = np.full((attributes, encoded.shape[0]), -1, dtype=np.int64)
    own = source_of[encoded.indices]
    table[own, rows] = encoded.indices - starts[own]
    codes = {source: table[source] for source in wanted if source < attributes}
    if any(source >= attributes for source in wanted):
        dense = held.toarray() > 0
        codes |= {
            s: dense[:, s - attributes].astype(np.int64) - 1 for s in wanted if s >= attributes
        }
    return codes
