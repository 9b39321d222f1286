"""Hide what will be asked about: one product of each of some clients, the rest of theirs stays.

This is how a model is used. A client asked about is among those it learned from, and every product
the client does not hold, the answer among them, was a wrong answer while it learned. A model tested
on clients it never saw would be trusted too far with what it keeps of each client, and its chances
would be those of another question.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.contexts import Contexts

ENOUGH = 6_000
"""Clients asked about that weigh the stages well enough."""
FEW, MANY = 3, 5
"""A third of few clients misses a product at once, a fifth of many: more would be another bank."""

type Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hidden:
    """One part hidden.

    Attributes
    ----------
    asked
        The rows hidden, one a client, True in shape (contexts,).
    left
        All other rows; what is hidden is held beside none of them.
    """

    asked: Marks
    left: Contexts


def hide(contexts: Contexts, rng: np.random.Generator) -> list[Hidden]:
    """Hide a row of each client, part by part; of many clients until enough are asked about.

    Of a client's rows the one with most held beside it is hidden: in time the last opened, and of
    equal ones any.
    """
    draws = rng.random(len(contexts))
    beside = np.asarray(contexts.others.sum(axis=1), dtype=np.float64).ravel()
    order = np.lexsort((beside + draws, contexts.clients))
    last = np.append(np.diff(contexts.clients[order]) != 0, True)[: len(order)]
    rows = rng.permutation(np.sort(order[last]))
    if not len(rows):
        return []
    few = len(rows) <= 2 * ENOUGH
    shares = FEW if few else MANY
    size = -(-len(rows) // shares)
    count = shares if few else -(-ENOUGH // size)
    parts = [rows[part::shares][:ENOUGH] for part in range(count)]
    return [_hidden(contexts, part) for part in parts if len(part)]


def _hidden(contexts: Contexts, rows: NDArray[np.int64]) -> Hidden:
    asked = np.zeros(len(contexts), dtype=bool)
    asked[rows] = True
    answers = np.full(int(contexts.clients.max()) + 1, -1, dtype=np.int64)
    answers[contexts.clients[rows]] = contexts.targets[rows]
    left = contexts.where(~asked)
    gone = answers[left.clients]
    others = left.others.copy()
    owners = np.repeat(np.arange(len(left)), np.diff(others.indptr))
    others.data[others.indices == gone[owners]] = 0.0
    others.eliminate_zeros()
    return Hidden(asked, Contexts(left.clients, left.targets, sp.csr_matrix(others)))
