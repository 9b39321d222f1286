"""How many of a question's words the known questions of each document cover, and what is unknown.

A word counts by its rarity among the documents: 1 if none of them knows it, less the more of them
do. A question is as long as its words together; a document matches some of it and misses the rest.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from knowledge.search.fields import Asked
from knowledge.search.tokens import Floats, Places, Tokens
from knowledge.search.weighing import Weighed


@dataclass(frozen=True, slots=True)
class Covered:
    """How far documents cover a question.

    Attributes
    ----------
    matched, missed : array of float, shape (documents,)
        Weight of the question's words that some question of the document has, and of the others.
    known : float
        Share of the question's weight that some document's questions know, from 0 to 1.
    """

    matched: Floats
    missed: Floats
    known: float


class Coverage:
    """Which words the questions of each document have; nothing changes after it is made.

    Parameters
    ----------
    counts : csr_array, shape (questions, words)
        How often each question has each word.
    owners : array of int, shape (questions,)
        Row number of the document of each question, ascending.
    weighed : Weighed
        The same questions weighed, for the rarity of the words.
    """

    def __init__(self, counts: sparse.csr_array, owners: Places, weighed: Weighed) -> None:
        self._weights = weighed.rarity / weighed.unknown
        belongs = sparse.csr_array((np.ones(len(owners)), (owners, np.arange(len(owners)))))
        matrix = sparse.csr_array(belongs @ counts)
        weights = self._weights[matrix.indices].astype(np.float32)
        self.matrix = sparse.csr_array((weights, matrix.indices, matrix.indptr), matrix.shape)

    def asked(self, words: Tokens) -> Asked:
        """Return the words of a question, so that the product with a row is what it matches."""
        alike = np.ones(len(words.columns))
        return Asked(words.columns, alike, alike, 1.0, 1.0)

    def covered(self, words: Tokens, matched: Floats) -> Covered:
        """Return how far documents cover a question, from what they match of it."""
        weights = self._weights.take(words.columns)
        known = float(weights.sum())
        asked = known + np.count_nonzero(weights == 0) + words.strange
        return Covered(matched, np.maximum(asked - matched, 0.0), known / (asked or 1.0))
