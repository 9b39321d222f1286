"""From the tokens of a question to the rows that have them, and what each row has to gain."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from knowledge.search.tokens import Floats, Places, Tokens
from knowledge.search.weighing import Weighed

LOOKED_AT = 0.5

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
    ideal : float
        Product with a row that is best for every token; 1 where no token is known.
    """

    columns: Places
    weights: Floats
    gains: Floats
    understood: float
    ideal: float


class Field:
    """Inverted lists of weighed tokens; nothing changes after it is made."""

    def __init__(self, weighed: Weighed) -> None:
        self._unknown = weighed.unknown
        self._columns = sparse.csc_array(weighed.matrix)
        self._rarity = weighed.rarity
        self._best = np.zeros(len(weighed.rarity))
        if len(self._best):
            self._best[:] = self._columns.max(axis=0).toarray()

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._columns.shape[0])

    def asked(self, tokens: Tokens) -> Asked:
        """Return a question as this field knows it."""
        columns, often = tokens.columns, tokens.often
        weights = often * self._rarity.take(columns)
        known = float(weights @ weights)
        strange = tokens.strange
        if not weights.all():
            strange += float((often[weights == 0] ** 2).sum())
        length = math.sqrt(known + self._unknown**2 * strange) or 1.0
        weights /= length
        gains = weights * self._best.take(columns)
        ideal = float(gains.sum()) or 1.0
        return Asked(columns, weights, gains, math.sqrt(known) / length, ideal)

    def shares(self, asked: Asked, budget: int) -> Given:
        """Return what each token gives to each row that has it, the weightiest tokens first.

        The sum of what a row is given, of its product with the question, is a share of the ideal:
        from 0 to 1. Tokens are left out from where the rows looked at would exceed the budget, but
        never before most of the ideal was looked at: a question of common words alone costs more.
        """
        order = (-asked.gains).argsort(kind="stable")
        columns = asked.columns.take(order)
        starts = self._columns.indptr.take(columns)
        lengths = self._columns.indptr.take(columns + 1) - starts
        cheap = lengths.cumsum().searchsorted(budget, side="right")
        seen = asked.gains.take(order).cumsum()
        most = seen.searchsorted(LOOKED_AT * asked.ideal) + 1
        kept = int(max(cheap, most))
        starts, lengths, order = starts[:kept], lengths[:kept], order[:kept]
        if not len(order):
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        edges = zip(starts.tolist(), (starts + lengths).tolist(), strict=True)
        pieces = [slice(*each) for each in edges]
        weights = asked.weights.take(order) / asked.ideal
        rows = np.concatenate([self._columns.indices[piece] for piece in pieces])
        values = np.concatenate([self._columns.data[piece] for piece in pieces])
        values *= weights.astype(np.float32).repeat(lengths)
        return rows, values
