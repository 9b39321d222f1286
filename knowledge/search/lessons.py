"""The questions that teach the search: each known one asked of an index made without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources

import numpy as np
import yaml

from knowledge.language import Language
from knowledge.search.forms import Forms
from knowledge.search.index import Comparison, Document, HybridIndex
from knowledge.search.learning import Lesson

ROUNDS = 4


def known_lessons(documents: Sequence[Document], forms: Forms, most: int) -> tuple[Lesson, ...]:
    """Ask known questions of indexes made without them.

    In each of a few rounds every document loses some of its questions, never all; documents of
    one question teach nothing.

    Parameters
    ----------
    most : int
        How many questions to ask at most, spread evenly over the documents.
    """
    total = sum(len(document.questions) for document in documents if len(document.questions) > 1)
    step = max(1, -(-total // most))
    lessons: list[Lesson] = []
    for turn in range(ROUNDS if step < ROUNDS else 1):  # of very many, one round has enough
        out = [_left_out(document, row, turn) for row, document in enumerate(documents)]
        asked = [(row, place) for row, places in enumerate(out) for place in places]
        chosen = asked[turn % step :: step if step < ROUNDS else -(-len(asked) // most)]
        if not chosen:
            continue
        pairs = zip(documents, out, strict=True)
        index = HybridIndex([_without(document, places) for document, places in pairs], forms)
        for row, place in chosen:
            lessons.append(Lesson(index.compare(documents[row].questions[place]), row))
    return tuple(lessons)


def unanswerable(lessons: Sequence[Lesson]) -> Iterator[Lesson]:
    """Return the same questions as if no document answered them."""
    for lesson in lessons:
        compared = lesson.compared
        kept = compared.rows != lesson.right
        without = Comparison(
            compared.rows[kept], compared.parts[kept], compared.nearest[kept], compared.understood
        )
        yield replace(lesson, compared=without, right=None)


def unrelated_lessons(index: HybridIndex, language: Language) -> tuple[Lesson, ...]:
    """Ask what no bank's procedures answer."""
    return tuple(Lesson(index.compare(text), None) for text in unrelated()[language])


@lru_cache(maxsize=1)
def unrelated() -> dict[Language, Sequence[str]]:
    """Return questions of both languages that no bank's procedures answer."""
    text = resources.files("knowledge.search").joinpath("unrelated.yml").read_text("utf-8")
    questions: dict[Language, Sequence[str]] = yaml.safe_load(text)
    return questions


def _left_out(document: Document, row: int, turn: int) -> list[int]:
    count = len(document.questions)
    places = [place for place in range(count) if (place + row) % ROUNDS == turn]
    return places[1:] if len(places) == count else places


def _without(document: Document, places: Sequence[int]) -> Document:
    if not places:
        return document
    text = document.text
    for place in places:
        text = text.replace(f"{document.questions[place]}\n", "", 1)
    kept = np.delete(np.arange(len(document.questions)), places)
    return Document(tuple(document.questions[place] for place in kept), text)
