"""From which chance on an answer is shown, and how questions of each kind then fare."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from knowledge.search.combination import Combination
from knowledge.search.learning import FEWEST, Lesson

FAR = 0.001


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked.

    Attributes
    ----------
    score : float
        Chance of the best entry.
    right : bool
        Whether the best entry is the one that answers it.
    related : bool
        Whether any entry answers it at all.
    rivalry : float
        Chance of the second entry as a share of the best one's.
    right_of_two : bool
        Whether one of the two best is the one that answers it.
    """

    score: float
    right: bool
    related: bool
    rivalry: float = 0.0
    right_of_two: bool = False


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


def try_out(lessons: Sequence[Lesson], combination: Combination) -> tuple[Trial, ...]:
    """Ask the questions of lessons."""
    return tuple(_tried(lesson, combination) for lesson in lessons)


def choose_bound(trials: Sequence[Trial], wanted_precision: float) -> Bound:
    """Return the lowest threshold from which on the precision is always as wanted."""
    outcomes = [(trial.score, trial.right) for trial in trials]
    return judge_bound(trials, _lowest(outcomes, wanted_precision))


def refusing_bound(trials: Sequence[Trial], wanted_refusal: float) -> float:
    """Return the lowest threshold that refuses the wanted share of questions nothing answers."""
    scores = sorted(trial.score for trial in trials)
    refused = math.ceil(wanted_refusal * len(scores))
    return math.nextafter(scores[refused - 1], 1.0) if refused else 0.0


def choose_rivalry(trials: Sequence[Trial], wanted_precision: float, usual: float) -> float:
    """Return from which share of the best chance on the second is a rival.

    A logistic regression, over the questions of which one of the two best is right, of whether the
    best is, on the logarithm of the second's share: from where on it is right less often than
    wanted. Too few questions, or such as show no trend, leave the usual share.
    """
    of_two = [trial for trial in trials if trial.right_of_two]
    right = [trial.right for trial in of_two]
    if len(of_two) < FEWEST or len(set(right)) < 2:
        return usual
    shares = np.log([[max(trial.rivalry, FAR)] for trial in of_two])
    model = LogisticRegression(C=1.0).fit(shares, right)
    slope, start = float(model.coef_[0, 0]), float(model.intercept_[0])
    if slope >= 0:
        return usual
    return min(1.0, math.exp((logit(wanted_precision) - start) / slope))


def judge_bound(trials: Sequence[Trial], threshold: float) -> Bound:
    """Say what a threshold does to trials."""
    found = [trial.right for trial in trials if trial.score >= threshold]
    related = [trial for trial in trials if trial.related]
    strange = [trial for trial in trials if not trial.related]
    return Bound(
        threshold=threshold,
        precision=share_of(found),
        answered=share_of([trial.score >= threshold for trial in related]),
        refused=share_of([trial.score < threshold for trial in strange]),
        p_at_1=share_of([trial.right for trial in related]),
    )


def _lowest(outcomes: Sequence[tuple[float, bool]], wanted: float) -> float:
    ordered = sorted(outcomes, key=lambda outcome: -outcome[0])
    right = np.cumsum([was_right for _, was_right in ordered])
    enough = np.flatnonzero(right >= wanted * np.arange(1, len(ordered) + 1))
    return ordered[int(enough[-1])][0] if len(enough) else 1.0


def share_of(outcomes: Sequence[bool]) -> float:
    """Return the share of true ones; 1 of none."""
    return float(np.mean(outcomes)) if outcomes else 1.0


def _tried(lesson: Lesson, combination: Combination) -> Trial:
    scores = combination.scores(lesson.compared.parts)
    chances = combination.chances(scores, lesson.compared.covered)
    best = np.argsort(-scores, kind="stable")[:2]
    if not len(best):
        return Trial(0.0, right=False, related=lesson.right is not None)
    return Trial(
        score=float(chances[best[0]]),
        right=lesson.right == int(lesson.compared.rows[best[0]]),
        related=lesson.right is not None,
        rivalry=float(chances[best[1]] / chances[best[0]]) if len(best) > 1 else 0.0,
        right_of_two=lesson.right in lesson.compared.rows[best].tolist(),
    )
