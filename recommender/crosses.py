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
        return len(self.pairs) + sum(self.sizes[a] * self.sizes[b] for a, b in self.sides)

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
        parts = [self._held_pairs(held)]
        if self.sides:
            parts.append(self._crossed(attributes, held))
        return parts[0] if len(parts) == 1 else sp.csr_matrix(sp.hstack(parts))

    def _held_pairs(self, held: sp.csr_matrix) -> sp.csr_matrix:
        starts, first, second = held_pairs(held)
        products = held.shape[1]
        kept = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        places = np.full(products * products, -1, dtype=np.int32)
        places[kept[:, 0] * products + kept[:, 1]] = np.arange(len(kept))
        return _ones(starts, places[first * products + second], len(kept))

    def _crossed(self, attributes: sp.csr_matrix, held: sp.csr_matrix) -> sp.csr_matrix:
        wanted = sorted({source for sides in self.sides for source in sides})
        codes = source_codes(self.sizes, self.attributes, attributes, held, wanted)
        widths = [self.sizes[first] * self.sizes[second] for first, second in self.sides]
        begins = np.cumsum([0, *widths])
        places = np.empty((held.shape[0], len(self.sides)), dtype=np.int32)
        for number, (first, second) in enumerate(self.sides):
            cells = begins[number] + codes[first] * self.sizes[second] + codes[second]
            both = (codes[first] >= 0) & (codes[second] >= 0)
            places[:, number] = np.where(both, cells, -1)
        starts = np.arange(held.shape[0] + 1) * len(self.sides)
        return _ones(starts, places.ravel(), int(begins[-1]))


def sources(space: AttributeSpace, products: int) -> tuple[int, ...]:
    """Sizes of all sources: attributes, then products."""
    return (*(len(attribute.names) for attribute in space.attributes), *([1] * products))


def held_pairs(
    held: sp.csr_matrix,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every two products held together, row after row.

    Returns
    -------
    tuple
        Where the pairs of each row start, shape (rows + 1,); both products of each pair, the
        lower first, shape (pairs,) each.
    """
    held = held.sorted_indices()
    sizes = np.diff(held.indptr)
    starts = np.concatenate([[0], np.cumsum(sizes * (sizes - 1) // 2, dtype=np.int64)])
    first, second = np.empty(starts[-1], dtype=np.int64), np.empty(starts[-1], dtype=np.int64)
    for size in np.unique(sizes[sizes > 1]).tolist():
        rows = np.flatnonzero(sizes == size)
        own = held.indices[held.indptr[rows][:, None] + np.arange(size)]
        low, high = np.triu_indices(size, 1)
        slots = starts[rows][:, None] + np.arange(len(low))
        first[slots], second[slots] = own[:, low], own[:, high]
    return starts, first, second


def source_codes(
    sizes: tuple[int, ...],
    attributes: int,
    encoded: sp.csr_matrix,
    held: sp.csr_matrix,
    wanted: list[int],
) -> dict[int, NDArray[np.int64]]:
    """Level of each wanted source in each row, −1 where there is none, shape (rows,) each."""
    starts = np.cumsum([0, *sizes])
    levels = int(starts[attributes])
    source_of = np.repeat(np.arange(attributes), sizes[:attributes])
    place = np.full(attributes, -1)
    chosen = [source for source in wanted if source < attributes]
    place[chosen] = np.arange(len(chosen))
    rows = np.repeat(np.arange(encoded.shape[0]), np.diff(encoded.indptr))
    own = source_of[encoded.indices] if levels else np.empty(0, dtype=np.int64)
    kept = place[own] >= 0
    table = np.full((len(chosen), encoded.shape[0]), -1, dtype=np.int64)
    table[place[own[kept]], rows[kept]] = encoded.indices[kept] - starts[own[kept]]
    codes = dict(zip(chosen, table, strict=True))
    products = [source for source in wanted if source >= attributes]
    if products:
        dense = held[:, [source - attributes for source in products]].toarray() > 0
        codes |= {source: dense[:, n].astype(np.int64) - 1 for n, source in enumerate(products)}
    return codes


def _ones(starts: NDArray[np.int64], columns: NDArray[np.int32], width: int) -> sp.csr_matrix:
    """Ones at columns, row after row, shape (rows, width); negative columns are left out."""
    kept = columns >= 0
    before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
    ones = np.ones(int(before[-1]), dtype=np.float32)
    return sp.csr_matrix((ones, columns[kept], before[starts]), shape=(len(starts) - 1, width))
