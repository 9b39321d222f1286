"""The score of every document for a question: three similarities, weighed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.folding import fold
from knowledge.search.analysis import characters, words
from knowledge.search.forms import QuestionForms, Tokens
from knowledge.search.matter import default_matter
from knowledge.search.settings import Weights
from knowledge.search.synonyms import Synonyms
from knowledge.search.texts import WholeTexts


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

    Every question is compared twice: as it was asked, and by its matter alone, so that two
    questions are not alike for being asked in the same way. Nothing changes after it is made, so
    threads may share it.

    Parameters
    ----------
    documents : sequence of Document
        At least one.
    """

    def __init__(self, documents: Sequence[Document], synonyms: Synonyms, weights: Weights) -> None:
        self._synonyms = synonyms
        self._weights = weights
        self._matter = default_matter()
        asked = [fold(question) for document in documents for question in document.questions]
        counts = [len(document.questions) for document in documents]
        owners = np.repeat(np.arange(len(documents)), counts).tolist()
        self._starts = np.cumsum([0, *counts[:-1]])
        self._whole = QuestionForms([self._whole_form(text) for text in asked], owners)
        self._part = QuestionForms([self._matter_form(text) for text in asked], owners)
        told = [self._whole_form(fold(document.text)) for document in documents]
        self._text_characters = WholeTexts([characters(text) for text in told])
        self._text_words = WholeTexts([words(text) for text in told])

    def score(self, question: str) -> Scores:
        """Return scores from 0 to 1, in the order of the documents.

        What no known question understands of the matter lowers all of the scores alike.
        """
        asked = fold(question)
        whole, matter = Tokens.of(self._whole_form(asked)), Tokens.of(self._matter_form(asked))
        weights = self._weights
        alike = self._part.similarities(matter, weights)
        alike += weights.asking * (self._whole.similarities(whole, weights) - alike)
        told = self._told(matter)
        told += weights.asking * (self._told(whole) - told)
        scores = np.maximum.reduceat(alike, self._starts) + weights.text * told
        return Scores(scores * self._part.understood(matter), self._nearest(alike))

    def _whole_form(self, folded: str) -> str:
        return self._synonyms.unify(folded)

    def _matter_form(self, folded: str) -> str:
        return self._synonyms.unify(self._matter.of(folded))

    def _told(self, tokens: Tokens) -> NDArray[np.float64]:
        by_characters = self._text_characters.shares(tokens.characters)
        return (by_characters + self._text_words.shares(tokens.words)) / 2

    def _nearest(self, alike: NDArray[np.float64]) -> NDArray[np.intp]:
        parts = np.split(alike, self._starts[1:])
        return np.array([part.argmax() for part in parts], dtype=np.intp)
