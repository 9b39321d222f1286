"""The score of every document for a question: three similarities, weighed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.folding import fold
from knowledge.search.analysis import characters, words
from knowledge.search.settings import Weights
from knowledge.search.synonyms import Synonyms
from knowledge.search.texts import WholeTexts
from knowledge.search.vectors import QuestionVectors


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found: the ways to ask for it (one at least), and its whole text."""

    questions: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """For each document its score, and the place of its nearest question among its own."""

    scores: NDArray[np.float64]
    nearest: NDArray[np.intp]


class HybridIndex:
    """Question-to-question similarity and BM25 of the whole text, both by characters and words.

    Nothing changes after it is made, so threads may share it.

    Parameters
    ----------
    documents : sequence of Document
        At least one.
    """

    def __init__(self, documents: Sequence[Document], synonyms: Synonyms, weights: Weights) -> None:
        self._synonyms = synonyms
        self._weights = weights
        asked = [self._form(question) for document in documents for question in document.questions]
        counts = [len(document.questions) for document in documents]
        owners = np.repeat(np.arange(len(documents)), counts)
        self._starts = np.cumsum([0, *counts[:-1]])
        self._characters = QuestionVectors([characters(form) for form in asked], owners.tolist())
        self._words = QuestionVectors([words(form) for form in asked], owners.tolist())
        texts = [self._form(document.text) for document in documents]
        self._text_characters = WholeTexts([characters(text) for text in texts])
        self._text_words = WholeTexts([words(text) for text in texts])

    def score(self, question: str) -> Scores:
        """Return scores from 0 to 1, in the order of the documents.

        What no known question understands of this one lowers all of its scores alike.
        """
        form = self._form(question)
        pieces, cut = characters(form), words(form)
        weights = self._weights
        alike = weights.characters * self._characters.similarities(pieces)
        alike += weights.words * self._words.similarities(cut)
        best = np.maximum.reduceat(alike, self._starts)
        told = (self._text_characters.shares(pieces) + self._text_words.shares(cut)) / 2
        scores = best + weights.text * told
        understood = (self._characters.understood(pieces) + self._words.understood(cut)) / 2
        return Scores(scores * understood, self._nearest(alike))

    def _form(self, text: str) -> str:
        return self._synonyms.unify(fold(text))

    def _nearest(self, alike: NDArray[np.float64]) -> NDArray[np.intp]:
        parts = np.split(alike, self._starts[1:])
        return np.array([part.argmax() for part in parts], dtype=np.intp)
