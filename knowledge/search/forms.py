"""Known questions in one form of their wording, compared by characters and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.analysis import characters, words
from knowledge.search.settings import Weights
from knowledge.search.vectors import QuestionVectors


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text cut both ways."""

    characters: list[str]
    words: list[str]

    @classmethod
    def of(cls, form: str) -> "Tokens":
        """Cut a text."""
        return cls(characters(form), words(form))


class QuestionForms:
    """Similarity to each known question; nothing changes after it is made.

    Parameters
    ----------
    forms : sequence of str
        The known questions, folded and unified.
    owners : sequence of int
        Row number of the entry of each question.
    """

    def __init__(self, forms: Sequence[str], owners: Sequence[int]) -> None:
        cut = [Tokens.of(form) for form in forms]
        self._characters = QuestionVectors([tokens.characters for tokens in cut], owners)
        self._words = QuestionVectors([tokens.words for tokens in cut], owners)

    def similarities(self, tokens: Tokens, weights: Weights) -> NDArray[np.float64]:
        """Return the weighed similarity of a text with each question."""
        by_characters = weights.characters * self._characters.similarities(tokens.characters)
        return by_characters + weights.words * self._words.similarities(tokens.words)

    def understood(self, tokens: Tokens) -> float:
        """Return which part of a text some question knows, from 0 to 1."""
        by_characters = self._characters.understood(tokens.characters)
        return (by_characters + self._words.understood(tokens.words)) / 2
