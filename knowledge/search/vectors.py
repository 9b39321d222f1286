"""Similarity of a question to every known question: cosine of TF-IDF vectors.

The weight of a token is ``(1 + ln tf) · (ln((1 + N) / (1 + df)) + 1)`` (Salton & Buckley 1988, with
scikit-learn's smoothing), where N and df count *entries*, not questions: an entry that is asked
for in many ways must not make its own words common.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class QuestionVectors:
    """Vectors of the known questions; nothing changes after it is made.

    Parameters
    ----------
    questions : sequence of sequences of str
        Tokens of each question.
    owners : sequence of int
        Row number of the entry of each question.
    """

    def __init__(self, questions: Sequence[Sequence[str]], owners: Sequence[int]) -> None:
        spread = {
            (token, owner)
            for tokens, owner in zip(questions, owners, strict=True)
            for token in tokens
        }
        frequency = Counter(token for token, _ in spread)
        entries = len(set(owners))
        self._column = {token: column for column, token in enumerate(sorted(frequency))}
        self._rarity = {
            token: math.log((1 + entries) / (1 + count)) + 1 for token, count in frequency.items()
        }
        self._unknown = math.log(1 + entries) + 1
        self._matrix = self._stack([self._vector(tokens) for tokens in questions])

    def similarities(self, tokens: Sequence[str]) -> NDArray[np.float64]:
        """Return the cosine of what is known of the tokens with each question, from 0 to 1."""
        dense = np.zeros(len(self._column))
        for column, value in self._vector(tokens).items():
            dense[column] = value
        return np.asarray(self._matrix @ dense)

    def understood(self, tokens: Sequence[str]) -> float:
        """Return which part of the tokens' weight some question knows, from 0 to 1."""
        weights = self._weights(tokens)
        known = _length([weight for token, weight in weights.items() if token in self._column])
        return known / (_length(weights.values()) or 1.0)

    def _vector(self, tokens: Sequence[str]) -> dict[int, float]:
        weights = self._weights(token for token in tokens if token in self._column)
        length = _length(weights.values()) or 1.0
        return {self._column[token]: weight / length for token, weight in weights.items()}

    def _weights(self, tokens: Iterable[str]) -> dict[str, float]:
        return {
            token: (1 + math.log(count)) * self._rarity.get(token, self._unknown)
            for token, count in Counter(tokens).items()
        }

    def _stack(self, vectors: Sequence[dict[int, float]]) -> sparse.csr_array:
        bounds = np.cumsum([0, *(len(vector) for vector in vectors)])
        columns = np.fromiter((c for vector in vectors for c in vector), dtype=np.int64)
        values = np.fromiter((v for vector in vectors for v in vector.values()), dtype=np.float64)
        shape = (len(vectors), len(self._column))
        stacked: sparse.csr_array = sparse.csr_array((values, columns, bounds), shape=shape)
        return stacked


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))
