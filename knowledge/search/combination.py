"""From the parts to one score, and from the scores to the chance that an answer is right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from knowledge.search.coverage import Covered
from knowledge.search.parts import PART_NAMES
from knowledge.search.tokens import Floats

EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Combination:
    """What the parts count, and how far a score can be trusted.

    Attributes
    ----------
    weights : tuple of float
        Of each `Part`, in their order; their sizes sum to 1.
    trust : tuple of float
        Of each column of `evidence`.
    doubt : float
        What the evidence must outweigh.
    """

    weights: tuple[float, ...]
    trust: tuple[float, ...]
    doubt: float

    @property
    def spelling(self) -> bool:
        """Whether the spelling counts at all."""
        return any(self.weights[part.place] for part in PART_NAMES if part.of_spelling)

    def scores(self, parts: Floats) -> Floats:
        """Return one score a document, of shape (candidates,)."""
        return np.asarray(parts @ np.array(self.weights))

    def chances(self, scores: Floats, covered: Covered) -> Floats:
        """Return the chance that each document answers the question, from 0 to 1."""
        seen = evidence(scores, covered)
        return np.asarray(expit(seen @ np.array(self.trust) - self.doubt))


def combination_of(weights: Floats, trust: Sequence[float], doubt: float) -> Combination:
    """Return a combination whose weights' sizes sum to 1."""
    even = weights / (np.abs(weights).sum() or 1.0)
    return Combination(tuple(map(float, even)), tuple(map(float, trust)), float(doubt))


def weights_of(named: dict[str, float]) -> Floats:
    """Return an array of weights by the names of the parts; a part not named counts nothing."""
    return np.array([named.get(part.value, 0.0) for part in PART_NAMES])


def evidence(scores: Floats, covered: Covered) -> Floats:
    """Return what speaks for each document.

    Columns: its score; its lead over the best of the others; how much of the question it matches,
    and how much it misses: of two questions with one score the longer is the likelier to be
    answered, for it had more to be unlike in. The score counts in full only where half of the
    question, by weight, or more is known to any document. The lead counts as far as it is known,
    and the more of it the document matches: one word in common, beside others that nobody knows,
    makes no winner. Shape (candidates, 4).
    """
    if not len(scores):
        return np.zeros((0, EVIDENCE))
    ordered = [0.0, *np.sort(scores).tolist()]
    second, best = ordered[-2:]
    lead = scores - np.where(scores == best, second, best)
    lead *= covered.known * covered.matched / (1 + covered.matched)
    understood = min(1.0, 2 * covered.known)
    return np.array([scores * understood, lead, covered.matched, covered.missed]).T
