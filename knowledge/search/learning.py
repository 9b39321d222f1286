"""Learning the combination from questions whose document is known.

Two kinds of questions teach. *Known* questions are the documents' own, each asked of an index made
without it. *Labelled* ones are real questions somebody has told the document of; the index knows
none of them. Known questions of one document are often about different sides of it, and so less
alike than a real question and the nearest known one: together they count as much as a few labelled
ones, and both only shift the default, by as much as they are evidence.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge.search.combination import Combination, combination_of, evidence
from knowledge.search.index import Comparison
from knowledge.search.tokens import Floats

RIVALS = 10
FEWEST = 20
KNOWN_TOGETHER = 20.0
DEFAULT_SCALE = 3.0
TURNS = 4
SURE = 2.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question beside its candidates, and the row of the right one; None where none is."""

    compared: Comparison
    right: int | None

    @property
    def place(self) -> int | None:
        """Place of the right document among the candidates."""
        if self.right is None:
            return None
        found = np.flatnonzero(self.compared.rows == self.right)
        return int(found[0]) if len(found) else None


def learn_weights(
    known: Sequence[Lesson], labelled: Sequence[Lesson], default: Combination
) -> Floats:
    """Return the weights by which right documents come before their rivals.

    A logistic regression on the differences between the parts of the right document and those of
    its strongest rivals (Joachims 2002 with the logistic loss). The default's own score is one
    more column, scaled up, so that the penalty holds the weights to the default's direction. Too
    few questions leave the default as it is, and so do questions on which what is learned from the
    others does not do better by more than chance: by two standard errors of the mean gain.
    """
    judges = labelled if len(labelled) >= FEWEST else known
    usual = np.array(default.weights)
    gains = []
    for turn in range(TURNS):
        others = [lesson for place, lesson in enumerate(judges) if place % TURNS != turn]
        learned = (
            _fitted(known, others, usual) if judges is labelled else _fitted(others, (), usual)
        )
        gains += [_gain(lesson, usual, learned) for lesson in judges[turn::TURNS]]
    return _fitted(known, labelled, usual) if _beyond_chance(gains) else usual


def _beyond_chance(gains: Sequence[float]) -> bool:
    if not gains:
        return False
    mean, error = float(np.mean(gains)), float(np.std(gains)) / math.sqrt(len(gains))
    return mean > SURE * error


def _fitted(known: Sequence[Lesson], labelled: Sequence[Lesson], usual: Floats) -> Floats:
    groups = [_differences(lesson, usual) for lesson in (*labelled, *known)]
    weights = [1.0] * len(labelled) + [_share(known)] * len(known)
    kept = [(group, weight) for group, weight in zip(groups, weights, strict=True) if len(group)]
    if len(kept) < FEWEST:
        return usual
    differences = np.vstack([group for group, _ in kept])
    each = np.concatenate([np.full(len(group), weight / len(group)) for group, weight in kept])
    columns = np.column_stack([DEFAULT_SCALE * (differences @ usual), differences])
    sides = np.where(np.arange(len(columns)) % 2, 1.0, -1.0)
    model = LogisticRegression(fit_intercept=False, C=1.0, max_iter=1000)
    model.fit(columns * sides[:, None], sides, sample_weight=each)
    learned = model.coef_[0]
    return np.asarray(DEFAULT_SCALE * learned[0] * usual + learned[1:])


def learn_trust(lessons: Sequence[Lesson], weights: Floats, default: Combination) -> Combination:
    """Return a combination of some weights that knows how far its scores can be trusted.

    A logistic regression of whether a document is right on its `evidence`, from the two best
    candidates of each question.
    """
    plain = combination_of(weights, default.trust, default.doubt)
    seen, right = [], []
    for lesson in lessons:
        scores = plain.scores(lesson.compared.parts)
        best = np.argsort(-scores, kind="stable")[:2]
        seen.append(evidence(scores, lesson.compared.covered)[best])
        right.append(lesson.compared.rows[best] == (-1 if lesson.right is None else lesson.right))
    if len(lessons) < FEWEST or len(np.unique(np.concatenate(right))) < 2:
        return plain
    model = LogisticRegression(C=10.0, max_iter=1000)
    model.fit(np.vstack(seen), np.concatenate(right))
    return combination_of(weights, model.coef_[0], -float(model.intercept_[0]))


def rank_of(lesson: Lesson, scores: Floats) -> int:
    """Return the rank of the right document, a tie counted against it; one past the last if out."""
    if lesson.place is None:
        return len(scores) + 1
    return int(np.count_nonzero(scores >= scores[lesson.place]))


def _gain(lesson: Lesson, usual: Floats, learned: Floats) -> float:
    """Return by how much the reciprocal rank of the right document grows."""
    parts = lesson.compared.parts
    return 1 / rank_of(lesson, parts @ learned) - 1 / rank_of(lesson, parts @ usual)


def _share(known: Sequence[Lesson]) -> float:
    return min(1.0, KNOWN_TOGETHER / max(len(known), 1))


def _differences(lesson: Lesson, usual: Floats) -> Floats:
    """Return the right document's parts less those of each of its strongest rivals."""
    place, parts = lesson.place, lesson.compared.parts
    if place is None:
        return parts[:0]
    order = np.argsort(-(parts @ usual), kind="stable")
    return np.asarray(parts[place] - parts[order[order != place][:RIVALS]])
