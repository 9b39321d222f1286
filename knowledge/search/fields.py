"""From the tokens of a question to the rows that have them, and what each row has to gain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from knowledge.search.tokens import Floats, Places, Tokens
from knowledge.search.weighing import Weighed

LOOKED_AT = 0.6

type Given = tuple[NDArray[np.integer], NDArray[np.floating]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The tokens of a question as one field knows them.

    Attributes
    ----------
    columns : array of int, shape (tokens,)
        Tokens of the vocabulary.
    weights : array of float, shape (tokens,)
        Of these tokens, 0 of those no row has; their squares and those of the unknown sum to 1.
    gains : array of float, shape (tokens,)
        Product of each token with the row that is best for it.
    understood : float
        Length of the known part, from 0 to 1.
    """

    columns: Places
    weights: Floats
    gains: Floats
    understood: float

    @property
    def ideal(self) -> float:
        """Product with a row that is best for every token; 1 where no token is known."""
        return float(self.gains.sum()) or 1.0


class Field:
    """Inverted lists of weighed tokens; nothing changes after it is made."""

    def __init__(self, weighed: Weighed) -> None:
        self._rarity = weighed.rarity
        self._unknown = weighed.unknown
        self._columns = sparse.csc_array(weighed.matrix)
        known = len(self._rarity) > 0
        best = self._columns.max(axis=0) if known else sparse.coo_array((0,))
        self._best = best.toarray().astype(np.float64)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._columns.shape[0])

    def asked(self, tokens: Tokens) -> Asked:
        """Return a question as this field knows it."""
        columns, often = tokens.columns, tokens.often
        weights = often * self._rarity.take(columns)
        known = float(weights @ weights)
        strange = tokens.strange + float(often @ (often * (weights == 0)))
        length = np.sqrt(known + self._unknown**2 * strange) or 1.0
        weights /= length
        return Asked(columns, weights, weights * self._best.take(columns), np.sqrt(known) / length)

    def shares(self, asked: Asked, budget: int) -> Given:
        """Return what each token gives to each row that has it, the weightiest tokens first.

        The sum of what a row is given, of its product with the question, is a share of the ideal:
        from 0 to 1. Tokens are left out from where the rows looked at would exceed the budget, but
        never before most of the ideal was looked at: a question of common words alone costs more.
        """
        order = np.argsort(-asked.gains, kind="stable")
        columns, gains = asked.columns.take(order), asked.gains.take(order)
        starts = self._columns.indptr.take(columns)
        ends = self._columns.indptr.take(columns + 1)
        lengths = ends - starts
        before = gains.cumsum() - gains
        within = lengths.cumsum() <= budget
        within |= before < LOOKED_AT * asked.ideal
        edges = zip(starts[within].tolist(), ends[within].tolist(), strict=True)
        pieces = [slice(*each) for each in edges]
        if not pieces:
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        weights = asked.weights[order[within]] / asked.ideal
        rows = np.concatenate([self._columns.indices[piece] for piece in pieces])
        values = np.concatenate([self._columns.data[piece] for piece in pieces])
        values *= weights.astype(np.float32).repeat(lengths[within])
        return rows, values
