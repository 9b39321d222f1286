"""A few rows looked at closely: their products with a question, in several fields at once."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from knowledge.search.fields import Asked
from knowledge.search.tokens import Floats, Places


class _Sheet(threading.local):
    """Where the columns of a question are noted; each thread has its own and leaves it empty."""

    def __init__(self, columns: int) -> None:
        self.numbers = np.zeros(columns, dtype=np.int32)


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
    ) -> Floats:
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
        behind = self._edges[(starts + counts) * self._fields].tolist()
        pieces = [slice(*edges) for edges in zip(begins, behind, strict=True)]
        columns = np.concatenate([self._columns[piece] for piece in pieces])
        rows = runs(starts * self._fields, counts * self._fields)
        begin = self._edges.take(rows)
        lengths = self._edges.take(rows + 1) - begin
        ends = lengths.cumsum()
        numbers, table = self._numbered(askings, columns)
        hits = np.flatnonzero(numbers)
        owners = np.searchsorted(ends, hits, side="right")
        weights = self._weights.take(hits + (begin - ends + lengths).take(owners))
        found = np.zeros((len(askings), len(rows)))
        if len(hits):
            values = table.take(numbers.take(hits), axis=1) * weights
            found[:] = [np.bincount(owners, each, len(rows)) for each in values]
        return found.reshape(len(askings), -1, self._fields)

    def _numbered(
        self, askings: Sequence[Sequence[Asked]], columns: NDArray[np.int32]
    ) -> tuple[NDArray[np.int32], Floats]:
        """Return which token asked for each of some columns is, numbered from 1; 0 for the others.

        The second array holds what each question gives to each number, of shape (questions,
        numbers).
        """
        sheet, firsts = self._sheet.numbers, self._first.tolist()[:-1]
        asked = [
            np.concatenate(
                [each.columns + first for each, first in zip(asking, firsts, strict=True)]
            )
            for asking in askings
        ]
        every = np.concatenate(asked)
        table = np.zeros((len(askings), len(every) + 1))
        sheet[every] = np.arange(1, len(every) + 1)
        for row, (places, asking) in enumerate(zip(asked, askings, strict=True)):
            table[row, sheet.take(places)] = np.concatenate([each.weights for each in asking])
        numbers = sheet.take(columns)
        sheet[every] = 0
        return numbers, table


def runs(starts: Places, counts: Places) -> Places:
    """Return the numbers of all rows of some runs, one run after the other."""
    before = counts.cumsum() - counts
    return np.arange(int(counts.sum())) + (starts - before).repeat(counts)
