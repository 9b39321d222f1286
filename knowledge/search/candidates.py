"""The documents that a few cheap looks find nearest, without looking at all the others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.search.fields import Given
from knowledge.search.tokens import Floats, Places

CANDIDATES = 30


def nearest_documents(
    questions: Sequence[Given],
    texts: Sequence[Given],
    owners: Places,
    allowed: NDArray[np.bool_] | None,
    most: int = CANDIDATES,
) -> Places:
    """Return a few documents, ascending.

    A document's score is what its best question was given and what its text was given. Where fewer
    documents were given anything, others fill up.

    Parameters
    ----------
    questions, texts : sequence of tuple of (rows, values)
        What rows were given, a row any number of times; rows of questions and of documents.
    owners : array of int, shape (questions,)
        Document of each question, ascending.
    allowed : array of bool, shape (documents,), optional
        Which documents may be candidates.
    most : int
        How many to return at most.
    """
    size = int(owners[-1]) + 1
    asked, alike = _summed(questions, len(owners))
    told, given = _summed(texts, size)
    documents, places = _distinct(np.concatenate([owners.take(asked), told]), size)
    scores = np.zeros(len(documents))
    np.maximum.at(scores, places[: len(asked)], alike)
    scores[places[len(asked) :]] += given
    if allowed is not None:
        kept = allowed[documents]
        documents, scores = documents[kept], scores[kept]
    if len(documents) > most:
        documents = documents[np.argpartition(scores, -most)[-most:]]
    elif len(documents) < min(most, size):
        others = np.ones(size, dtype=np.bool_) if allowed is None else allowed.copy()
        others[documents] = False
        filling = np.flatnonzero(others)[: most - len(documents)]
        documents = np.concatenate([documents, filling])
    return np.sort(documents)


def _summed(given: Sequence[Given], size: int) -> tuple[Places, Floats]:
    """Return each row once, with all it was given."""
    rows, places = _distinct(np.concatenate([rows for rows, _ in given], dtype=np.intp), size)
    values = np.concatenate([values for _, values in given])
    return rows, np.bincount(places, values, minlength=len(rows)).astype(np.float64)


def _distinct(rows: Places, size: int) -> tuple[Places, NDArray[np.int32]]:
    """Return the distinct of some rows, and the place of each row among them.

    Each row is noted on a sheet where its last place is; what else the sheet holds is never read,
    and so need not be wiped: the work grows with the rows, not with the size.
    """
    sheet = np.empty(size, dtype=np.int32)
    order = np.arange(len(rows), dtype=np.int32)
    sheet[rows] = order
    chosen = np.flatnonzero(sheet.take(rows) == order)
    distinct = rows.take(chosen)
    sheet[distinct] = order[: len(chosen)]
    return distinct, sheet.take(rows)
