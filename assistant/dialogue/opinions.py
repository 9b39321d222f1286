"""Two opinions of the intents, and what they come to together. Free of Rasa."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax

from assistant.dialogue.naive_bayes import NaiveBayes
from assistant.dialogue.support_vectors import SupportVectors

# What likelihoods count beside margins: chosen on held-back parts of training data; between a
# half and twice as much it hardly matters.
_WEIGHT = 0.045
_SHARPEST = np.geomspace(1.0, 16.0, 25)
_LEAST = 1e-12


class Scores(NamedTuple):
    """What is made of texts, each of shape (texts, intents).

    Attributes
    ----------
    margins
        Of the support vector machines alone: how far a text is inside an intent, on a scale that
        is the same for all texts.
    together
        Both opinions; only the differences between the intents of one text mean anything.
    """

    margins: np.ndarray
    together: np.ndarray

    def of(self, texts: np.ndarray) -> "Scores":
        """Return the scores of some of the texts."""
        return Scores(self.margins[texts], self.together[texts])


class Opinions(NamedTuple):
    """Both models, trained on the same texts."""

    machine: SupportVectors
    bayes: NaiveBayes

    @classmethod
    def fit(cls, rows: csr_matrix, intents: np.ndarray, penalty: float) -> "Opinions":
        """Fit both; the intents are numbered from 0 on without a gap."""
        machine = SupportVectors.fit(rows, intents, penalty)
        return cls(machine, NaiveBayes.fit(rows, intents))

    def scores(self, rows: csr_matrix) -> Scores:
        """Return what both make of rows."""
        margins = self.machine.scores(rows)
        return Scores(margins, margins + _WEIGHT * self.bayes.scores(rows))


def log_chances(scores: Scores, right: np.ndarray) -> np.ndarray:
    """Return the log probability of the right intent of each text, shape (texts, sharpnesses)."""
    rows = np.arange(len(right))
    chances = [softmax(by * scores.together, axis=1)[rows, right] for by in _SHARPEST]
    return np.log(np.stack(chances, axis=1) + _LEAST)


def sharpness_of(chances: np.ndarray) -> float:
    """Return what to multiply scores by so that right intents are likeliest, from `log_chances`."""
    return float(_SHARPEST[chances.mean(axis=0).argmax()])
