"""How much of a question the whole text of each entry speaks of: BM25 (Robertson & Zaragoza)."""

import logging
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray


class WholeTexts:
    """BM25 over whole entries; nothing changes after it is made.

    Parameters
    ----------
    texts : sequence of sequences of str
        Tokens of each entry; not empty.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it logs each index it builds
        self._index: Any = bm25s.BM25(k1=1.2, b=0.75)
        self._index.index([list(tokens) for tokens in texts], show_progress=False)
        self._size = len(texts)
        self._best = _best_of_each_token(self._index)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Return the BM25 score of each entry, 0 or more."""
        if not tokens:
            return np.zeros(self._size)
        return np.asarray(self._index.get_scores(list(tokens)), dtype=np.float64)

    def shares(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Return each score as a share of what an entry best for every token would have.

        From 0 to 1; tokens in no entry count for nothing.
        """
        known = self._index.vocab_dict
        ideal = sum(self._best[known[token]] for token in tokens if token in known)
        return self.scores(tokens) / ideal if ideal > 0 else np.zeros(self._size)


def _best_of_each_token(index: Any) -> NDArray[np.float64]:
    """Return the highest score that any entry has for each token of a BM25 index."""
    bounds, scores = index.scores["indptr"], index.scores["data"]
    pieces = (scores[start:end] for start, end in pairwise(bounds))
    return np.array([piece.max(initial=0.0) for piece in pieces])
