"""The questions that teach the search: each known one asked of an index made without it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources

import numpy as np
import yaml

from knowledge.language import Language
from knowledge.search.forms import Forms
from knowledge.search.index import Document, HybridIndex
from knowledge.search.learning import Lesson
from knowledge.search.tokens import Places

ROUNDS = 4
MISSING = 5


def own_lessons(documents: Sequence[Document], forms: Forms, most: int) -> tuple[Lesson, ...]:
    """Ask known questions of indexes made without them.

    In each of a few rounds every document loses some of its questions, never all, and every fifth
    document is missing as a whole: its questions are such as nothing answers, and no index knows
    their words from it. Documents of one question teach nothing.

    Parameters
    ----------
    most : int
        How many questions to ask at most, spread evenly over the documents.
    """
    total = sum(len(document.questions) for document in documents if len(document.questions) > 1)
    step = max(1, -(-total // most))
    lessons: list[Lesson] = []
    for turn in range(ROUNDS if step < ROUNDS else 1):  # of very many, one round has enough
        out = [left_out(document, row, (turn, ROUNDS)) for row, document in enumerate(documents)]
        asked = [(row, place) for row, places in enumerate(out) for place in places]
        chosen = asked[turn % step :: step if step < ROUNDS else -(-len(asked) // most)]
        if not chosen:
            continue
        kept = standing(len(documents), (turn, MISSING))
        index = HybridIndex([without(documents[row], out[row]) for row in kept], forms)
        for row, place in chosen:
            compared = index.compare(documents[row].questions[place])
            compared = replace(compared, rows=kept[compared.rows])
            lessons.append(Lesson(compared, row if row in kept else None))
    return tuple(lessons)


def unrelated_lessons(index: HybridIndex, language: Language) -> tuple[Lesson, ...]:
    """Ask what no bank's procedures answer."""
    return tuple(Lesson(index.compare(text), None) for text in unrelated()[language])


@lru_cache(maxsize=1)
def unrelated() -> dict[Language, Sequence[str]]:
    """Return questions of both languages that no bank's procedures answer."""
    text = resources.files("knowledge.search").joinpath("unrelated.yml").read_text("utf-8")
    questions: dict[Language, Sequence[str]] = yaml.safe_load(text)
    return questions


def standing(size: int, turn: tuple[int, int]) -> Places:
    """Return the rows that are there in one turn of several; of very few documents, all are."""
    rows = np.arange(size)
    return rows if size < turn[1] else rows[rows % turn[1] != turn[0]]


def left_out(document: Document, row: int, turn: tuple[int, int]) -> list[int]:
    """Return the places of a document's questions that are asked in one turn of several."""
    count = len(document.questions)
    places = [place for place in range(count) if (place + row) % turn[1] == turn[0]]
    return places[1:] if len(places) == count else places


def without(document: Document, places: Sequence[int]) -> Document:
    """Return a document without some of its questions, in its text neither."""
    if not places:
        return document
    text = document.text
    for place in places:
        text = text.replace(f"{document.questions[place]}\n", "", 1)
    kept = np.delete(np.arange(len(document.questions)), places)
    return Document(tuple(document.questions[place] for place in kept), text)
