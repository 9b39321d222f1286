"""A few rows looked at closely: their products with a question, in several fields at once."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from knowledge.search.fields import Asked
from knowledge.search.tokens import Places


class _Sheet(threading.local):
    """Weights of a question, of every column; each thread has its own and leaves it empty."""

    def __init__(self, columns: int) -> None:
        self.weights = np.zeros(columns, dtype=np.float32)


class Rows:
    """Rows of weighed tokens, those of all fields beside each other.

    What belongs to one row, and to neighbours, lies in one piece, so that looking at a few costs
    no more than they hold, however many there are.

    Parameters
    ----------
    matrices : sequence of csr_array, each of shape (rows, tokens)
        One of each field.
    """

    def __init__(self, matrices: Sequence[sparse.csr_array]) -> None:
        self._fields = len(matrices)
        lengths = np.column_stack([np.diff(matrix.indptr) for matrix in matrices]).ravel()
        self._edges = np.concatenate([[0], np.cumsum(lengths, dtype=np.intp)])
        self._columns = np.empty(self._edges[-1], dtype=np.int32)
        self._weights = np.empty(self._edges[-1], dtype=np.float32)
        self._first = np.cumsum([0, *(matrix.shape[1] for matrix in matrices)])
        for field, matrix in enumerate(matrices):
            begins = self._edges[field : -1 : self._fields] - matrix.indptr[:-1]
            places = np.repeat(begins, np.diff(matrix.indptr)) + np.arange(matrix.nnz)
            self._columns[places] = matrix.indices + self._first[field]
            self._weights[places] = matrix.data
        self._sheet = _Sheet(int(self._first[-1]))

    def products(
        self, askings: Sequence[Sequence[Asked]], starts: Places, counts: Places
    ) -> NDArray[np.float64]:
        """Return the products of runs of neighbouring rows with questions.

        Parameters
        ----------
        askings : sequence of sequence of Asked
            Each question as every field knows it.
        starts, counts : array of int, shape (runs,)
            First row of each run, and how many there are; at least one run.

        Returns
        -------
        array of float, shape (questions, rows of all runs, fields)
        """
        begins = self._edges[starts * self._fields].tolist()
        ends = self._edges[(starts + counts) * self._fields].tolist()
        pieces = [slice(*edges) for edges in zip(begins, ends, strict=True)]
        columns = np.concatenate([self._columns[piece] for piece in pieces])
        weights = np.concatenate([self._weights[piece] for piece in pieces])
        rows = runs(starts * self._fields, counts * self._fields)
        lengths = self._edges.take(rows + 1) - self._edges.take(rows)
        held = np.flatnonzero(lengths)
        firsts = (lengths.cumsum() - lengths)[held]
        found = np.zeros((len(askings), len(rows)))
        for row, asked in enumerate(askings):
            shared = weights * self._spread(asked, columns)
            if len(held):
                found[row, held] = np.add.reduceat(shared, firsts)
        return found.reshape(len(askings), -1, self._fields)

    def _spread(self, asked: Sequence[Asked], columns: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the weight of a question in each of some columns."""
        sheet = self._sheet.weights
        marked = np.concatenate(
            [each.columns + first for each, first in zip(asked, self._first[:-1], strict=True)]
        )
        sheet[marked] = np.concatenate([each.weights for each in asked])
        spread = sheet.take(columns)
        sheet[marked] = 0.0
        return spread


def runs(starts: Places, counts: Places) -> Places:
    """Return the numbers of all rows of some runs, one run after the other."""
    before = counts.cumsum() - counts
    return np.arange(int(counts.sum())) + (starts - before).repeat(counts)
