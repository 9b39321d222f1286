"""The first opinion of the intents: one linear support vector machine each. Free of Rasa."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

_TOLERANCE = 0.1


class SupportVectors(NamedTuple):
    """One linear score an intent: weights of shape (features, intents) and biases (intents,)."""

    weights: np.ndarray
    biases: np.ndarray

    @classmethod
    def fit(cls, rows: csr_matrix, intents: np.ndarray, penalty: float) -> "SupportVectors":
        """Fit one intent against the rest, with the squared hinge loss.

        Parameters
        ----------
        rows
            Shape (texts, features).
        intents
            The number of the intent of each text, from 0 on without a gap.
        penalty
            Inverse strength of the L2 penalty.
        """
        fitted = LinearSVC(C=penalty, tol=_TOLERANCE, random_state=0).fit(rows, intents)
        weights, biases = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:  # one row for the second class: write out both
            weights, biases = np.vstack([-weights, weights]), np.append(-biases, biases)
        return cls(np.ascontiguousarray(weights.T, dtype=np.float32), biases)

    def scores(self, rows: csr_matrix) -> np.ndarray:
        """Return the scores of rows, of shape (rows, intents)."""
        return np.asarray(rows.astype(np.float32) @ self.weights) + self.biases
