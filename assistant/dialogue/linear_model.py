"""The intent model: TF-IDF of words and characters under a logistic regression.

Free of Rasa, so it is trained and measured wherever scikit-learn is. A saved model is arrays and
JSON; nothing in it is executed when it is read.
"""

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from assistant.dialogue.normalise import fold

ARRAYS_FILE = "model.npz"
NAMES_FILE = "model.json"

# Latin words whole, Chinese one character at a time: pairs of these are words and phrases.
_WORD = r"[a-z0-9#']+|[\u4e00-\u9fff]"
_BLOCKS: Tuple[Dict[str, Any], ...] = (
    {"analyzer": "word", "token_pattern": _WORD, "ngram_range": (1, 2)},
    {"analyzer": "char_wb", "ngram_range": (2, 5)},
)


class ScoredIntent(NamedTuple):
    """An intent with its probability."""

    intent: str
    probability: float


class LinearModel:
    """A trained intent model.

    Attributes
    ----------
    intents : list of str
        Names in the order of the rows of `weights`.
    weights : numpy.ndarray
        Shape (intents, features).
    biases : numpy.ndarray
        Shape (intents,).
    """

    def __init__(
        self,
        vectorizers: Sequence[TfidfVectorizer],
        intents: Sequence[str],
        weights: np.ndarray,
        biases: np.ndarray,
    ) -> None:
        self._vectorizers = list(vectorizers)
        self.intents = list(intents)
        self.weights = weights
        self.biases = biases
        self._by_feature = np.ascontiguousarray(weights.T)  # rows of the few features of a text

    @classmethod
    def train(
        cls, texts: Sequence[str], intents: Sequence[str], penalty: float = 30.0
    ) -> "LinearModel":
        """Fit a model.

        Parameters
        ----------
        texts
            Messages as typed.
        intents
            The intent of each message; two or more different ones.
        penalty
            Inverse strength of the L2 penalty.

        Raises
        ------
        ValueError
            When there are fewer than two intents, or not one intent a text.
        """
        if len(texts) != len(intents):
            raise ValueError(f"{len(texts)} texts but {len(intents)} intents: give one a text")
        folded = [fold(text) for text in texts]
        vectorizers = [TfidfVectorizer(sublinear_tf=True, **block) for block in _BLOCKS]
        features = hstack([block.fit_transform(folded) for block in vectorizers], format="csr")
        # One intent against the rest, in the dual: four times as fast as all at once with many
        # intents, and no less accurate.
        regression = LogisticRegression(C=penalty, solver="liblinear", dual=True, tol=1e-2)
        one_by_one = OneVsRestClassifier(regression).fit(features, list(intents))
        weights = np.vstack([fitted.coef_ for fitted in one_by_one.estimators_])
        biases = np.hstack([fitted.intercept_ for fitted in one_by_one.estimators_])
        if len(one_by_one.classes_) == 2:  # one row for the second class: write out both
            weights, biases = np.vstack([-weights, weights]), np.append(-biases, biases)
        return cls(vectorizers, [str(name) for name in one_by_one.classes_], weights, biases)

    def rank(self, text: str) -> List[ScoredIntent]:
        """Return every intent with its probability, the likeliest first; they sum to 1.

        A text without any known feature, such as an empty one or an emoji, gives all intents the
        same probability: nothing is known of it.
        """
        features = self._features(text)
        if not features.nnz:
            return [ScoredIntent(intent, 1 / len(self.intents)) for intent in self.intents]
        scores = features.data @ self._by_feature[features.indices] + self.biases
        chances = expit(scores)
        probabilities = chances / chances.sum()
        order = np.argsort(-probabilities, kind="stable")
        return [ScoredIntent(self.intents[row], float(probabilities[row])) for row in order]

    def save(self, directory: Path) -> None:
        """Write the model into an existing directory."""
        arrays = {f"idf{number}": block.idf_ for number, block in enumerate(self._vectorizers)}
        np.savez_compressed(
            directory / ARRAYS_FILE, weights=self.weights, biases=self.biases, **arrays
        )
        names = {
            "intents": self.intents,
            "terms": [list(block.get_feature_names_out()) for block in self._vectorizers],
        }
        (directory / NAMES_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "LinearModel":
        """Read what `save` wrote.

        Raises
        ------
        OSError
            When a file is missing.
        ValueError
            When a file is not what `save` writes.
        """
        names = json.loads((directory / NAMES_FILE).read_text(encoding="utf-8"))
        with np.load(directory / ARRAYS_FILE, allow_pickle=False) as arrays:
            vectorizers = [
                _restored(block, terms, arrays[f"idf{number}"])
                for number, (block, terms) in enumerate(zip(_BLOCKS, names["terms"], strict=True))
            ]
            return cls(vectorizers, names["intents"], arrays["weights"], arrays["biases"])

    def _features(self, text: str) -> csr_matrix:
        folded = [fold(text)]
        return hstack([block.transform(folded) for block in self._vectorizers], format="csr")


def _restored(block: Dict[str, Any], terms: Sequence[str], idf: np.ndarray) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(sublinear_tf=True, vocabulary=list(terms), **block)
    vectorizer.idf_ = idf
    return vectorizer
