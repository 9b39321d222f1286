"""The documents that may answer a question, best first, each with its chance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.combination import Combination
from knowledge.search.index import HybridIndex
from knowledge.search.tokens import Floats, Places

RANKED = 12  # the first few are what people see; learning looks further down


@dataclass(frozen=True, slots=True)
class Ranking:
    """Documents, best first.

    Attributes
    ----------
    rows : array of int, shape (candidates,)
        Row numbers of the documents.
    scores, chances : array of float, shape (candidates,)
        What they were ordered by, and the chance that each answers the question.
    nearest : array of int, shape (candidates,)
        Place of each document's nearest question among its own.
    """

    rows: Places
    scores: Floats
    chances: Floats
    nearest: Places

    def __iter__(self) -> Iterator[tuple[int, float, int]]:
        """Go through row, chance and nearest question, best first."""
        for row, chance, near in zip(self.rows, self.chances, self.nearest, strict=True):
            yield int(row), float(chance), int(near)


@dataclass(frozen=True, slots=True)
class Ranker:
    """An index and what was learned about its parts; nothing changes after it is made."""

    index: HybridIndex
    combination: Combination

    def rank(self, question: str, allowed: NDArray[np.bool_] | None = None) -> Ranking:
        """Rank the documents nearest to a question; see `HybridIndex.compare`."""
        spelling = self.combination.spelling
        compared = self.index.compare(question, allowed, most=RANKED, spelling=spelling)
        scores = self.combination.scores(compared.parts)
        chances = self.combination.chances(scores, compared.covered)
        order = np.argsort(-scores, kind="stable")
        return Ranking(compared.rows[order], scores[order], chances[order], compared.nearest[order])
