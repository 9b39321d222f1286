"""A second opinion of the intents: naive Bayes over which features a text has.

It errs on other texts than the support vector machine does, so the mean of both errs less than
either. Free of Rasa.
"""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import MultinomialNB

from assistant.dialogue.presence import presence

_SMOOTHING = 0.1


class NaiveBayes(NamedTuple):
    """Log probabilities of each feature given each intent, shape (features, intents)."""

    chances: np.ndarray

    @classmethod
    def fit(cls, rows: csr_matrix, intents: np.ndarray) -> "NaiveBayes":
        """Count the features of the texts of each intent; how they are weighed is not heeded.

        Parameters
        ----------
        rows
            Shape (texts, features).
        intents
            The number of the intent of each text, from 0 on without a gap.
        """
        fitted = MultinomialNB(alpha=_SMOOTHING, fit_prior=False).fit(presence(rows), intents)
        return cls(np.ascontiguousarray(fitted.feature_log_prob_.T, dtype=np.float32))

    def scores(self, rows: csr_matrix) -> np.ndarray:
        """Return the log likelihood of rows by the root of their length, shape (rows, intents).

        Features repeat one another, so their sum is far too sure of itself; by the root of their
        number it is as sure of a long text as of a short one.
        """
        lengths = np.sqrt(np.maximum(rows.getnnz(axis=1), 1))
        return np.asarray(presence(rows) @ self.chances) / lengths[:, None]
