"""How sure the search is of right answers, of wrong ones, and of what it cannot know.

Every question of every entry is asked of an index made without it, in as many rounds as an entry
has questions at most; unrelated questions are asked of the whole index. From the scores follows
the threshold that keeps a wanted precision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
import yaml

from knowledge.entries import Entry
from knowledge.language import Language
from knowledge.search.finder import entry_document
from knowledge.search.index import Document, HybridIndex
from knowledge.search.settings import Weights
from knowledge.search.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked.

    Attributes
    ----------
    score : float
        Of the best entry.
    right : bool
        Whether the best entry is the one whose question it was.
    related : bool
        Whether any entry answers it at all.
    """

    score: float
    right: bool
    related: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold and what it does.

    Attributes
    ----------
    precision : float
        Share of right answers among those shown as found.
    answered : float
        Share of the entries' own questions that are answered, rightly or not.
    refused : float
        Share of unrelated questions that are not answered.
    p_at_1 : float
        Share of the entries' own questions whose entry comes first, found or not.
    """

    threshold: float
    precision: float
    answered: float
    refused: float
    p_at_1: float


def run_trials(
    entries: Sequence[Entry], language: Language, synonyms: Synonyms, weights: Weights
) -> tuple[Trial, ...]:
    """Ask every question without itself, then the unrelated ones.

    Parameters
    ----------
    entries : sequence of Entry
        Of that language, one at least.
    """
    documents = [entry_document(entry) for entry in entries]
    trials: list[Trial] = []
    for turn in range(1, max(len(document.questions) for document in documents)):
        left = [_without(document, turn) for document in documents]
        index = HybridIndex(left, synonyms, weights)
        for row, document in enumerate(documents):
            if turn < len(document.questions):
                trials.append(_ask(index, document.questions[turn], row))
    whole = HybridIndex(documents, synonyms, weights)
    return (*trials, *(_ask(whole, question, None) for question in _unrelated()[language]))


def choose_bound(trials: Sequence[Trial], wanted_precision: float) -> Bound:
    """Return the lowest threshold from which on the precision is always as wanted."""
    ordered = sorted(trials, key=lambda trial: -trial.score)
    right = np.cumsum([trial.right for trial in ordered])
    precision = right / np.arange(1, len(ordered) + 1)
    enough = np.flatnonzero(precision >= wanted_precision)
    threshold = ordered[enough[-1]].score if len(enough) else 1.0
    return judge_bound(trials, threshold)


def judge_bound(trials: Sequence[Trial], threshold: float) -> Bound:
    """Say what a threshold does to trials."""
    related = [trial for trial in trials if trial.related]
    unrelated = [trial for trial in trials if not trial.related]
    found = [trial.right for trial in trials if trial.score >= threshold]
    return Bound(
        threshold=threshold,
        precision=float(np.mean(found)) if found else 1.0,
        answered=float(np.mean([trial.score >= threshold for trial in related])),
        refused=float(np.mean([trial.score < threshold for trial in unrelated])),
        p_at_1=float(np.mean([trial.right for trial in related])),
    )


def _without(document: Document, turn: int) -> Document:
    if turn >= len(document.questions):
        return document
    asked = document.questions[turn]
    kept = tuple(question for question in document.questions if question != asked)
    return Document(kept, document.text.replace(f"{asked}\n", "", 1))


def _ask(index: HybridIndex, question: str, row: int | None) -> Trial:
    scores = index.score(question).scores
    right = row is not None and int(scores.argmax()) == row
    return Trial(float(scores.max()), right, related=row is not None)


@lru_cache(maxsize=1)
def _unrelated() -> Mapping[Language, Sequence[str]]:
    text = resources.files("knowledge.search").joinpath("unrelated.yml").read_text("utf-8")
    questions: Mapping[Language, Sequence[str]] = yaml.safe_load(text)
    return questions
