"""Texts cut into weighed tokens, kept both ways: the rows of a token and the tokens of a row.

The rows of a token lead from a question to what may answer it without looking at anything else;
the tokens of a row say how well a few candidates fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Asked:
    """The tokens of a question as one field knows them.

    Attributes
    ----------
    columns : array of int, shape (tokens,)
        Known tokens, ascending.
    weights : array of float, shape (tokens,)
        Of the known tokens; their squares and those of the unknown sum to 1.
    understood : float
        Length of the known part, from 0 to 1.
    ideal : float
        Product with a row that is best for every known token.
    """

    columns: Places
    weights: Floats
    understood: float
    ideal: float


class Field:
    """A sparse matrix of rows and tokens; nothing changes after it is made.

    Parameters
    ----------
    vocabulary : dict of str to int
        Column of each token.
    rarity : array of float, shape (tokens,)
        Weight of each token in a question.
    unknown : float
        Weight of a token that no row has.
    matrix : csr_array, shape (rows, tokens)
        Weight of each token in each row.
    """

    def __init__(
        self,
        vocabulary: dict[str, int],
        rarity: Floats,
        unknown: float,
        matrix: sparse.csr_array,
    ) -> None:
        self._vocabulary = vocabulary
        self._rarity = rarity
        self._unknown = unknown
        self._rows = matrix.astype(np.float32)
        self._columns = sparse.csc_array(self._rows)
        best = self._columns.max(axis=0) if len(vocabulary) else sparse.coo_array((0,))
        self._best = best.toarray().astype(np.float64)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return int(self._rows.shape[0])

    def asked(self, tokens: Sequence[str]) -> Asked:
        """Return a question as this field knows it."""
        counts: dict[str, int] = {}
        for token in tokens:
            counts[token] = counts.get(token, 0) + 1
        vocabulary = self._vocabulary
        known = sorted((vocabulary[token], n) for token, n in counts.items() if token in vocabulary)
        columns = np.array([column for column, _ in known], dtype=np.intp)
        weights = (1 + np.log([n for _, n in known])) * self._rarity[columns]
        strange = 1 + np.log([n for token, n in counts.items() if token not in vocabulary])
        whole = float(weights @ weights) + self._unknown**2 * float(strange @ strange)
        weights = weights / np.sqrt(whole or 1.0)
        understood = float(np.sqrt(weights @ weights))
        return Asked(columns, weights, understood, float(weights @ self._best[columns]))

    def shares(self, asked: Asked, budget: int) -> tuple[Places, Floats]:
        """Return what each token gives to each row that has it, the weightiest tokens first.

        Tokens are left out from where the rows looked at would exceed the budget. The sum of what
        a row is given, of its product with the question, is a share of the ideal: from 0 to 1.
        """
        order = np.argsort(-asked.weights * self._best[asked.columns], kind="stable")
        columns = asked.columns[order]
        starts, ends = self._columns.indptr[columns], self._columns.indptr[columns + 1]
        within = np.cumsum(ends - starts) <= budget
        within[:1] = True
        pieces = [slice(*ends_of) for ends_of in zip(starts[within], ends[within], strict=True)]
        if not pieces:
            return np.zeros(0, dtype=np.intp), np.zeros(0)
        weights = asked.weights[order[within]] / (asked.ideal or 1.0)
        rows = np.concatenate([self._columns.indices[piece] for piece in pieces])
        values = np.concatenate([self._columns.data[piece] for piece in pieces])
        return rows, values * np.repeat(weights, (ends - starts)[within])

    def products(self, asked: Asked, rows: Places) -> Floats:
        """Return the product of some rows with a question, of all its tokens."""
        matrix = self._rows
        weights = np.zeros(len(self._rarity), dtype=np.float32)
        weights[asked.columns] = asked.weights
        starts = matrix.indptr[rows]
        lengths = matrix.indptr[rows + 1] - starts
        owner = np.repeat(np.arange(len(rows)), lengths)
        first = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(starts - first, lengths)
        shared = matrix.data[places] * weights[matrix.indices[places]]
        return np.bincount(owner, shared, minlength=len(rows))
