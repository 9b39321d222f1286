"""What a question and the documents nearest to it have in common, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.candidates import CANDIDATES, nearest_documents
from knowledge.search.coverage import Coverage, Covered
from knowledge.search.fields import Asked, Field
from knowledge.search.forms import Forms
from knowledge.search.likeness import likeness
from knowledge.search.parts import MIXED, PART_NAMES, Part
from knowledge.search.rows import Rows
from knowledge.search.tokens import Cut, Floats, Places, Tokens, Vocabulary, counted
from knowledge.search.weighing import Weighed, weighed_questions, weighed_texts

BUDGET = 500
_MATTERS = {
    Part.TEXT_CHARACTERS: Part.TEXT_MATTER_CHARACTERS,
    Part.TEXT_WORDS: Part.TEXT_MATTER_WORDS,
}
_TEXTS = tuple(_MATTERS)
_TEXT_PARTS = (*_TEXTS, *_MATTERS.values())
_TEXT_PLACES = np.array([part.place for part in _TEXT_PARTS])
_MIXED_PLACES = np.array([part.place for part in MIXED])
_MIXED_WEIGHTS = np.array([*MIXED.values()])
_MATTER_WORDS = (True, "words")
_LOOKED_AT = (Part.MATTER_CHARACTERS, Part.TEXT_MATTER_WORDS)  # more find hardly more


class Watch(Protocol):
    """Hands on rows one by one, to show how far the work with some name is."""

    def __call__[T](self, rows: Sequence[T], name: str) -> Iterable[T]: ...


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found: the ways to ask for it (one at least), and its whole text."""

    questions: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question beside the documents nearest to it, in the order of the documents.

    Attributes
    ----------
    rows : array of int, shape (candidates,)
        Row numbers of the documents.
    parts : array of float, shape (candidates, parts)
        How alike each is in every `Part`, from 0 to 1.
    nearest : array of int, shape (candidates,)
        Place of each document's nearest question among its own.
    covered : Covered
        How many of the words of the question's matter each document covers.
    """

    rows: Places
    parts: Floats
    nearest: Places
    covered: Covered


def unwatched[T](rows: Sequence[T], name: str) -> Iterable[T]:  # noqa: ARG001
    """Show nothing."""
    return rows


class HybridIndex:
    """Questions by characters and words, and whole texts by BM25; nothing changes after it is made.

    Every question is compared twice: as it was asked, and by its matter alone, so that two
    questions are not alike for being asked in the same way.

    Parameters
    ----------
    documents : sequence of Document
        At least one.
    watch : Watch
        To show how far the work is.
    """

    def __init__(
        self, documents: Sequence[Document], forms: Forms, watch: Watch = unwatched
    ) -> None:
        self.forms = forms
        whole, matter, told, counts = [], [], [], []
        for document in watch(documents, "documents"):
            whole += [forms.whole(question) for question in document.questions]
            matter += [forms.matter(question) for question in document.questions]
            told.append(forms.told(document.text))
            counts.append(len(document.questions))
        self._counts = np.array(counts)
        self._starts = np.cumsum([0, *counts[:-1]])
        self._owners = np.repeat(np.arange(len(documents)), counts)
        self._whole = whole
        self._vocabularies: dict[str, Vocabulary] = {}
        weighed: dict[Part, Weighed] = {}
        cuts: dict[str, Cut] = {"characters": forms.characters, "words": forms.words}
        for name, cut in cuts.items():
            texts = watch([*whole, *matter, *told], name)
            self._vocabularies[name], often = counted(texts, cut)
            asked, about = often[: len(whole)], often[len(whole) : -len(told)]
            weighed[Part(name)] = weighed_questions(asked, self._owners)
            weighed[Part(f"matter_{name}")] = weighed_questions(about, self._owners)
            weighed[Part(f"text_{name}")] = weighed_texts(often[-len(told) :])
        # the last cut is by words
        self._coverage = Coverage(about, self._owners, weighed[Part.MATTER_WORDS])
        self._questions = Rows([weighed[part].matrix for part in MIXED])
        self._texts = Rows([*(weighed[part].matrix for part in _TEXTS), self._coverage.matrix])
        self._fields = {part: Field(each) for part, each in weighed.items()}
        self._fields |= {_MATTERS[part]: self._fields[part] for part in _TEXTS}

    def compare(
        self,
        question: str,
        allowed: NDArray[np.bool_] | None = None,
        *,
        most: int = CANDIDATES,
        spelling: bool = True,
    ) -> Comparison:
        """Return what a question has in common with the documents nearest to it.

        Parameters
        ----------
        allowed : array of bool, shape (documents,), optional
            Which documents may be candidates.
        most : int
            How many documents to compare at most.
        spelling : bool
            Whether the spelling is compared, too; its parts are 0 otherwise.
        """
        tokens = self._tokens(question)
        asked = {
            part: field.asked(tokens[part.of_matter, part.cut])
            for part, field in self._fields.items()
        }
        shares = {part: self._fields[part].shares(asked[part], BUDGET) for part in _LOOKED_AT}
        rows = nearest_documents(
            [shares[part] for part in _LOOKED_AT if not part.of_text],
            [shares[part] for part in _LOOKED_AT if part.of_text],
            self._owners,
            allowed,
            most,
        )
        words = tokens[_MATTER_WORDS]
        parts, nearest, matched = self._parts(asked, self._coverage.asked(words), rows)
        if spelling and len(rows):
            texts = [self._whole[place] for place in self._starts[rows] + nearest]
            for part, values in likeness(self.forms.whole(question), texts).items():
                parts[:, part.place] = values
        return Comparison(rows, parts, nearest, self._coverage.covered(words, matched))

    def _tokens(self, question: str) -> dict[tuple[bool, str], Tokens]:
        """Return the tokens of the question as asked (False) and of its matter, by their cut."""
        forms = {False: self.forms.whole(question), True: self.forms.matter(question)}
        return {
            (of_matter, name): vocabulary.tokens(form)
            for of_matter, form in forms.items()
            for name, vocabulary in self._vocabularies.items()
        }

    def _parts(
        self, asked: dict[Part, Asked], covering: Asked, rows: Places
    ) -> tuple[Floats, Places, Floats]:
        """Return all parts but the spelling, each document's nearest question, what it matches."""
        parts = np.zeros((len(rows), len(PART_NAMES)))
        if not len(rows):
            return parts, np.zeros(0, dtype=np.intp), np.zeros(0)
        told = [asked[part] for part in _TEXT_PARTS]
        askings = ([*told[: len(_TEXTS)], covering], [*told[len(_TEXTS) :], covering])
        products = self._texts.products(askings, rows, np.ones_like(rows))
        texts, matched = products[:, :, : len(_TEXTS)], products[0, :, len(_TEXTS)]
        side_by_side = texts.transpose(1, 0, 2).reshape(len(rows), -1)
        parts[:, _TEXT_PLACES] = side_by_side / [each.ideal for each in told]
        counts = self._counts[rows]
        starts = counts.cumsum() - counts
        known = [asked[part] for part in MIXED]
        alike = self._questions.products([known], self._starts[rows], counts)[0]
        alike /= [each.understood or 1.0 for each in known]
        parts[:, _MIXED_PLACES] = np.maximum.reduceat(alike, starts)
        mixed = alike @ _MIXED_WEIGHTS
        together = np.maximum.reduceat(mixed, starts)
        parts[:, Part.TOGETHER.place] = together
        parts[:, Part.USUAL.place] = np.add.reduceat(mixed, starts) / counts
        best = np.flatnonzero(mixed == together.repeat(counts))
        return parts, best.take(best.searchsorted(starts)) - starts, matched
