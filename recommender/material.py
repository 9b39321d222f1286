"""Everything the stages learn from, laid out once."""

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace
from recommender.basis import find_basis
from recommender.contexts import Contexts
from recommender.crosses import Crosses, held_pairs, sources
from recommender.design import Design
from recommender.hiding import Hidden

FEWEST_TOGETHER = 10
"""Contexts in which two products must be held together to count as a pair."""
SINGLE_WEIGHT = 0.3
"""How much a client of one product counts in training, whose context is attributes alone."""
LEVEL_PRECISION = 10.0
HELD_PRECISION = 4.0
CROSS_PRECISION = 11.0


@dataclass(frozen=True, slots=True)
class Material:
    """Training rows in the forms the stages want.

    Attributes
    ----------
    space, encoded
        The attributes, and those of every client, shape (clients, levels).
    products
        Encoded product attributes, shape (products, product features).
    held
        All that is held, ones, shape (clients, products).
    contexts, numbers
        The training rows, perhaps a sample, and how many products the client of each holds, shape
        (contexts,).
    crosses
        Features beyond attributes and holdings.
    design
        The rows of the logistic regression, in the order of `contexts`.
    precisions
        How hard each group of its effects is drawn towards zero.
    """

    space: AttributeSpace
    encoded: sp.csr_matrix
    products: sp.csr_matrix
    held: sp.csr_matrix
    contexts: Contexts
    numbers: NDArray[np.int64]
    crosses: Crosses
    design: Design
    precisions: NDArray[np.float64]

    def features(self, kept: NDArray[np.bool_]) -> sp.csr_matrix:
        """Attributes, other products held, crosses, shape (contexts kept, features)."""
        contexts = self.contexts.where(kept)
        encoded = self.encoded[contexts.clients]
        crossed = self.crosses.encode(encoded, contexts.others)
        return sp.csr_matrix(sp.hstack([encoded, contexts.others, crossed], dtype=np.float32))


def lay_out(
    space: AttributeSpace,
    encoded: sp.csr_matrix,
    products: sp.csr_matrix,
    held: sp.csr_matrix,
    contexts: Contexts,
) -> Material:
    """Lay out attributes, holdings and pairs of holdings."""
    crosses = Crosses(
        sources(space, products.shape[0]), len(space.attributes), _pairs(contexts.others)
    )
    basis = find_basis(space)
    count = int(basis.groups.max(initial=-1)) + 1
    numbers = _numbers(contexts)
    design = Design(
        levels=encoded,
        parts=basis.parts / space.weight,
        clients=contexts.clients,
        others=_beside(encoded, contexts, crosses),
        groups=np.concatenate(
            [basis.groups, np.full(held.shape[1], count), np.full(len(crosses), count + 1)]
        ),
        targets=contexts.targets,
        closed=_closed(contexts),
        weights=_weights(numbers),
    )
    drawn = np.full(count + 2, LEVEL_PRECISION * max(len(space.attributes), 1))
    drawn[count:] = HELD_PRECISION, CROSS_PRECISION
    return Material(space, encoded, products, held, contexts, numbers, crosses, design, drawn)


def without(material: Material, hidden: Hidden) -> Material:
    """Learn from what is left, with the same features, each drawn towards zero as hard."""
    contexts, asked = hidden.left, material.contexts.where(hidden.asked)
    ones = np.ones(len(asked), dtype=np.float32)
    gone = sp.csr_matrix((ones, (asked.clients, asked.targets)), shape=material.held.shape)
    held = sp.csr_matrix(material.held - material.held.multiply(gone))
    held.eliminate_zeros()
    numbers = _numbers(contexts)
    design = replace(
        material.design,
        clients=contexts.clients,
        others=_beside(material.encoded, contexts, material.crosses),
        targets=contexts.targets,
        closed=_closed(contexts),
        weights=_weights(numbers),
    )
    return replace(material, held=held, contexts=contexts, numbers=numbers, design=design)


def with_crosses(material: Material, sides: tuple[tuple[int, int], ...]) -> Material:
    """Add crosses of attributes, each a group of its own."""
    crosses = replace(material.crosses, sides=sides)
    design = material.design
    others = _beside(material.encoded, material.contexts, crosses)
    widths = [crosses.sizes[first] * crosses.sizes[second] for first, second in sides]
    count = len(material.precisions)
    groups = np.concatenate([design.groups, count + np.repeat(np.arange(len(sides)), widths)])
    drawn = np.concatenate([material.precisions, np.full(len(sides), CROSS_PRECISION)])
    return replace(
        material,
        crosses=crosses,
        design=replace(design, others=others, groups=groups),
        precisions=drawn,
    )


def _beside(encoded: sp.csr_matrix, contexts: Contexts, crosses: Crosses) -> sp.csr_matrix:
    """Lay out the other products held, and crosses, shape (contexts, columns)."""
    crossed = crosses.encode(encoded[contexts.clients], contexts.others)
    return sp.csr_matrix(sp.hstack([contexts.others, crossed], dtype=np.float32))


def _numbers(contexts: Contexts) -> NDArray[np.int64]:
    return np.asarray(contexts.others.sum(axis=1), dtype=np.int64).ravel() + 1


def _closed(contexts: Contexts) -> NDArray[np.bool_]:
    holders = np.bincount(contexts.targets, minlength=contexts.others.shape[1])
    return np.asarray((contexts.others.toarray() > 0) | (holders == 0))


def _weights(numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.where(numbers > 1, 1.0, SINGLE_WEIGHT).astype(np.float32)


def _pairs(others: sp.csr_matrix) -> tuple[tuple[int, int], ...]:
    products = others.shape[1]
    _, first, second = held_pairs(others)
    codes, counts = np.unique(first * products + second, return_counts=True)
    kept = codes[counts >= FEWEST_TOGETHER]
    return tuple((int(code) // products, int(code) % products) for code in kept)
