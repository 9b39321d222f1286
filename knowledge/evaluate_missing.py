"""What the search does where the entry that would answer is missing, and where it is there.

The entries are cut into folds. In each turn one fold is missing, and everything is learned from the
others alone: what the parts count, how far a score is trusted, and from where on an answer is
shown. Then questions of all entries are asked: those of the missing entries must be refused, those
of the others answered, and what has learned has seen none of them. Of all questions asked the share
of one fold is of missing entries; the precision is for that share.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.language import Language
from knowledge.search.forms import Forms
from knowledge.search.index import Document, HybridIndex
from knowledge.search.learning import Lesson
from knowledge.search.lessons import left_out, without
from knowledge.search.settings import SearchSettings
from knowledge.search.teaching import teach
from knowledge.search.tokens import Places
from knowledge.search.trial import share_of, try_out

type Labelled = tuple[str, int]


@dataclass(frozen=True, slots=True)
class MissingEvaluation:
    """How questions fare whose entry is there, or missing.

    Attributes
    ----------
    folds : int
        Into how many the entries were cut.
    precision : float
        Share of right answers among those shown, to questions of both kinds.
    answered : float
        Share of the questions whose entry is there that are answered, rightly.
    refused : float
        Share of the questions whose entry is missing that are not answered.
    p_at_1 : float
        Share of the questions whose entry is there that have it first, shown or not.
    """

    folds: int
    precision: float
    answered: float
    refused: float
    p_at_1: float


def evaluate_missing(
    documents: Sequence[Document],
    labelled: Sequence[Labelled],
    learning: tuple[Forms, Language, SearchSettings],
    cut: tuple[int, int],
) -> MissingEvaluation:
    """Ask questions while some entries are missing.

    Parameters
    ----------
    labelled : sequence of (str, int)
        Questions and the rows of the documents that answer them, no known questions of theirs.
        Without any, the documents' own are asked, each of a search that was never told it.
    learning : tuple
        Forms of the texts, their language, and what is asked of the search.
    cut : tuple of int
        How many folds (two at least), and the seed of the cut.
    """
    folds, seed = cut
    fold_of = np.random.default_rng(seed).permutation(len(documents)) % folds
    outcomes: list[_Outcome] = []
    for turn in range(folds):
        kept = np.flatnonzero(fold_of != turn)
        if labelled:
            told, asked = documents, labelled
        else:
            told, asked = _untold(documents, (turn, folds))
        outcomes += _outcomes([told[row] for row in kept.tolist()], kept, asked, learning)
    there = [outcome for outcome in outcomes if outcome.there]
    return MissingEvaluation(
        folds=folds,
        precision=share_of([outcome.right for outcome in outcomes if outcome.shown]),
        answered=share_of([outcome.shown and outcome.right for outcome in there]),
        refused=share_of([not outcome.shown for outcome in outcomes if not outcome.there]),
        p_at_1=share_of([outcome.right for outcome in there]),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    shown: bool
    right: bool
    there: bool


def _untold(
    documents: Sequence[Document], turn: tuple[int, int]
) -> tuple[list[Document], list[Labelled]]:
    """Return the documents without some of their questions, and these."""
    told, asked = [], []
    for row, document in enumerate(documents):
        places = left_out(document, row, turn)
        told.append(without(document, places))
        asked += [(document.questions[place], row) for place in places]
    return told, asked


def _outcomes(
    told: Sequence[Document],
    kept: Places,
    asked: Sequence[Labelled],
    learning: tuple[Forms, Language, SearchSettings],
) -> Iterator[_Outcome]:
    forms, language, settings = learning
    index = HybridIndex(told, forms)
    taught = teach(index, told, language, settings)
    place_of = {int(row): place for place, row in enumerate(kept)}
    lessons = [Lesson(index.compare(text), place_of.get(row)) for text, row in asked]
    for trial in try_out(lessons, taught.combination):
        yield _Outcome(trial.score >= taught.bound, trial.right, trial.related)
