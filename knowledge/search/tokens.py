"""The tokens of a text as numbers, the same for every field that is cut alike."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]
type Cut = Callable[[str], Sequence[str]]

_ALWAYS = "\U0010ffff"  # so that rows without any token can be counted, too


@dataclass(frozen=True, slots=True)
class Tokens:
    """The distinct tokens of one text.

    Attributes
    ----------
    columns : array of int, shape (tokens,)
        Tokens of the vocabulary.
    often : array of float, shape (tokens,)
        ``1 + ln tf`` of each.
    strange : float
        Sum of the squares of the same over the tokens that are in no vocabulary.
    """

    columns: Places
    often: Floats
    strange: float


class Vocabulary:
    """Numbers the tokens of texts; nothing changes after it is made."""

    def __init__(self, cut: Cut, columns: dict[str, int]) -> None:
        self._cut = cut
        self._columns = columns

    def tokens(self, text: str) -> Tokens:
        """Cut a text and number its tokens."""
        cut = self._cut(text)
        counts = Counter(cut)
        found = [*map(self._columns.get, counts)]
        known = [column for column in found if column is not None]
        columns = np.array(known, dtype=np.intp)
        if len(counts) == len(cut):  # every token once: nothing to weigh
            return Tokens(columns, np.ones(len(known)), float(len(found) - len(known)))
        often = 1 + np.log(np.array([*counts.values()], dtype=np.float64))
        there = np.array([column is not None for column in found])
        strange = often[~there]
        return Tokens(columns, often[there], float(strange @ strange))


def counted(rows: Iterable[str], cut: Cut) -> tuple[Vocabulary, sparse.csr_array]:
    """Return the vocabulary of all rows, and how often each row has each token."""
    counter = CountVectorizer(analyzer=lambda row: [*cut(row), _ALWAYS], dtype=np.float32)
    counts = sparse.csr_array(counter.fit_transform(rows))
    columns = {token: int(column) for token, column in counter.vocabulary_.items()}
    last = columns.pop(_ALWAYS)  # sorted behind every other
    counts = sparse.csr_array(counts[:, :last])
    counts.sort_indices()
    return Vocabulary(cut, columns), counts
