"""What a question and the documents nearest to it have in common, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.search.analysis import characters, words
from knowledge.search.fields import Asked, Field, Floats, Places
from knowledge.search.forms import Forms
from knowledge.search.likeness import likeness
from knowledge.search.parts import MIXED, PART_NAMES, Part
from knowledge.search.weighing import Cut, question_field, text_field

CANDIDATES = 30
BUDGET = 20_000
_CUTS: dict[str, Cut] = {"characters": characters, "words": words}


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
    understood : float
        Which part of the question's matter some known question knows, from 0 to 1.
    """

    rows: Places
    parts: Floats
    nearest: Places
    understood: float


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
        self._whole = whole
        owners = np.repeat(np.arange(len(documents)), counts)
        self._fields: dict[Part, Field] = {}
        for name, cut in _CUTS.items():
            self._fields[Part(name)] = question_field(watch(whole, name), cut, owners)
            self._fields[Part(f"matter_{name}")] = question_field(
                watch(matter, f"matter_{name}"), cut, owners
            )
            texts = text_field(watch(told, f"text_{name}"), cut)
            self._fields[Part(f"text_{name}")] = texts
            self._fields[Part(f"text_matter_{name}")] = texts

    def compare(self, question: str, allowed: NDArray[np.bool_] | None = None) -> Comparison:
        """Return what a question has in common with the documents nearest to it.

        Parameters
        ----------
        allowed : array of bool, shape (documents,), optional
            Which documents may be candidates.
        """
        forms = {False: self.forms.whole(question), True: self.forms.matter(question)}
        tokens = {(of, name): cut(forms[of]) for of in forms for name, cut in _CUTS.items()}
        asked = {
            part: field.asked(tokens[part.of_matter, part.cut])
            for part, field in self._fields.items()
        }
        rows = self._candidates(asked, allowed)
        understood = (
            asked[Part.MATTER_CHARACTERS].understood + asked[Part.MATTER_WORDS].understood
        ) / 2
        parts, nearest = self._parts(asked, rows, forms[False])
        return Comparison(rows, parts, nearest, understood)

    def _candidates(self, asked: dict[Part, Asked], allowed: NDArray[np.bool_] | None) -> Places:
        """Return the documents nearest by a few cheap looks, ascending."""

        def looked(parts: Sequence[Part], size: int) -> Floats:
            shares = [self._fields[part].shares(asked[part], BUDGET) for part in parts]
            rows = np.concatenate([rows for rows, _ in shares])
            given = np.concatenate([given for _, given in shares])
            return np.bincount(rows, given, size).astype(np.float64)  # counts are whole of nothing

        alike = looked((Part.MATTER_CHARACTERS, Part.WORDS), len(self._whole))
        scores = np.maximum.reduceat(alike, self._starts)
        scores += looked((Part.TEXT_MATTER_WORDS, Part.TEXT_MATTER_CHARACTERS), len(scores))
        if allowed is not None:
            scores[~allowed] = -1.0
        if len(scores) > CANDIDATES:
            best = np.argpartition(scores, -CANDIDATES)[-CANDIDATES:]
            best = best[scores[best] >= 0]
            return np.sort(best)
        return np.flatnonzero(scores >= 0)

    def _parts(self, asked: dict[Part, Asked], rows: Places, form: str) -> tuple[Floats, Places]:
        counts = self._counts[rows]
        starts = np.cumsum(counts) - counts
        questions = np.arange(int(counts.sum())) + np.repeat(self._starts[rows] - starts, counts)
        parts = np.zeros((len(rows), len(PART_NAMES)))
        if not len(rows):
            return parts, np.zeros(0, dtype=np.intp)
        alike = {}
        for part, field in self._fields.items():
            if part.of_text:
                parts[:, part.place] = field.products(asked[part], rows) / (asked[part].ideal or 1)
            else:
                known = asked[part].understood or 1.0
                alike[part] = field.products(asked[part], questions) / known
                parts[:, part.place] = np.maximum.reduceat(alike[part], starts)
        mixed = np.sum([weight * alike[part] for part, weight in MIXED.items()], axis=0)
        parts[:, Part.TOGETHER.place] = np.maximum.reduceat(mixed, starts)
        parts[:, Part.USUAL.place] = np.add.reduceat(mixed, starts) / counts
        nearest = np.array(
            [mixed[start : start + n].argmax() for start, n in zip(starts, counts, strict=True)],
            dtype=np.intp,
        )
        texts = [self._whole[place] for place in self._starts[rows] + nearest]
        for part, values in likeness(form, texts).items():
            parts[:, part.place] = values
        return parts, nearest
