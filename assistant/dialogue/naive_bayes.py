"""A second opinion of the intents: naive Bayes over which features a text has.

It errs on other texts than the support vector machine does, so the mean of both errs less than
either. Free of Rasa.
"""

from typing import Dict, Mapping, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import MultinomialNB

_SMOOTHING = 0.1
_ARRAYS = "bayes_"


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
        fitted = MultinomialNB(alpha=_SMOOTHING, fit_prior=False).fit(_present(rows), intents)
        return cls(np.ascontiguousarray(fitted.feature_log_prob_.T, dtype=np.float32))

    def scores(self, rows: csr_matrix) -> np.ndarray:
        """Return the log likelihood of rows by the root of their length, shape (rows, intents).

        Features repeat one another, so their sum is far too sure of itself; by the root of their
        number it is as sure of a long text as of a short one.
        """
        lengths = np.sqrt(np.maximum(rows.getnnz(axis=1), 1))
        return np.asarray(_present(rows) @ self.chances) / lengths[:, None]

    def arrays(self) -> Dict[str, np.ndarray]:
        """Return what is kept."""
        return {_ARRAYS + name: value for name, value in self._asdict().items()}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray]) -> "NaiveBayes":
        """Return what `arrays` was taken from."""
        return cls(*(arrays[_ARRAYS + name] for name in cls._fields))


def _present(rows: csr_matrix) -> csr_matrix:
    ones = np.ones(len(rows.data), dtype=np.float32)
    return csr_matrix((ones, rows.indices, rows.indptr), shape=rows.shape)
