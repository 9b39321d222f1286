"""The intent model: one linear support vector machine an intent, and when to refuse.

Free of Rasa, so it is trained and measured wherever scikit-learn is. A saved model is arrays and
JSON; nothing in it is executed when it is read.
"""

import json
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.svm import LinearSVC

from assistant.dialogue.normalise import says_something
from assistant.dialogue.rejection import Rejection, Trial, signs_of
from assistant.dialogue.simulation import IN_SCOPE, Fold, foldings
from assistant.dialogue.text_features import Counts, TextFeatures, Weights, is_word

ARRAYS_FILE = "model.npz"
NAMES_FILE = "model.json"

OUT_OF_SCOPE = ("out_of_scope", "oos")
_TOLERANCE = 0.1
_SHARPEST = np.geomspace(1.0, 16.0, 25)


class ScoredIntent(NamedTuple):
    """An intent with its probability."""

    intent: str
    probability: float


class Reading(NamedTuple):
    """What the model makes of a message.

    Attributes
    ----------
    intent
        The intent to answer; one of `OUT_OF_SCOPE` when the message resembles their examples, and
        None when it is refused for being too unlike everything learnt.
    ranking
        Every intent with its probability, the likeliest first; they sum to 1.
    foreign
        The probability that the message is out of scope, whatever it resembles most.
    """

    intent: Optional[str]
    ranking: List[ScoredIntent]
    foreign: float


class Machine(NamedTuple):
    """One linear score an intent: weights of shape (features, intents) and biases (intents,)."""

    intents: List[str]
    weights: np.ndarray
    biases: np.ndarray

    @classmethod
    def fit(cls, rows: csr_matrix, intents: Sequence[str], penalty: float) -> "Machine":
        """Fit one intent against the rest, with the squared hinge loss."""
        fitted = LinearSVC(C=penalty, tol=_TOLERANCE, random_state=0).fit(rows, list(intents))
        weights, biases = fitted.coef_, fitted.intercept_
        if len(fitted.classes_) == 2:  # one row for the second class: write out both
            weights, biases = np.vstack([-weights, weights]), np.append(-biases, biases)
        by_feature = np.ascontiguousarray(weights.T)
        return cls([str(name) for name in fitted.classes_], by_feature, biases)

    def scores(self, rows: csr_matrix) -> np.ndarray:
        """Return the scores of rows, of shape (rows, intents)."""
        return np.asarray(rows @ self.weights) + self.biases

    def scores_of_one(self, row: csr_matrix) -> np.ndarray:
        """Return the scores of one row, of shape (1, intents), from its few features alone."""
        return (row.data @ self.weights[row.indices] + self.biases)[None, :]


class LinearModel:
    """A trained intent model.

    Attributes
    ----------
    intents : list of str
        Names in the order of the scores.
    sharpness : float
        What scores are multiplied by before they become probabilities.
    """

    def __init__(
        self,
        features: TextFeatures,
        machine: Machine,
        sharpness: float,
        rejection: Optional[Rejection],
    ) -> None:
        self._features = features
        self._machine = machine
        self._rejection = rejection
        self.intents = machine.intents
        self.sharpness = sharpness

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        penalty: float = 3.0,
        refused_share: float = 0.015,
        seed: int = 0,
    ) -> "LinearModel":
        """Fit a model, and learn from parts of the same examples when to refuse.

        Parameters
        ----------
        texts
            Messages as typed.
        intents
            The intent of each message; two or more different ones. `OUT_OF_SCOPE` names messages
            that are to be refused.
        penalty
            Inverse strength of the L2 penalty.
        refused_share
            The share of rightly understood messages that may be refused. Where no example says
            what is out of scope it is nought: only what is further out than all of them is refused.
        seed
            Of the parting into folds.

        Raises
        ------
        ValueError
            When there are fewer than two intents, or not one intent a text.
        """
        if len(texts) != len(intents):
            raise ValueError(f"{len(texts)} texts but {len(intents)} intents: give one a text")
        features, counts, names = TextFeatures.fit(texts)
        unknown = _UnknownWords(counts[0], names[0])
        names_of = np.asarray(intents)
        machine = Machine.fit(Weights.of(counts).rows(counts), intents, penalty)
        trials = [
            _try(fold, counts, unknown, names_of, penalty)
            for fold in foldings(intents, OUT_OF_SCOPE, seed)
        ]
        if not trials:
            return cls(features, machine, _SHARPEST[len(_SHARPEST) // 2], None)
        trial = Trial.joined(trials)
        share = refused_share if _foreign(machine.intents) else 0.0
        return cls(features, machine, _sharpness(trial), Rejection.learn(trial, share))

    def rank(self, text: str) -> List[ScoredIntent]:
        """Return every intent with its probability, the likeliest first; they sum to 1."""
        return self.read(text).ranking

    def read(self, text: str) -> Reading:
        """Return what the model makes of a message.

        Of punctuation alone, or without any known feature, as of an emoji, nothing is known: all
        intents have the same probability, and it is refused.
        """
        row = self._features.transform(text)
        if not row.nnz or not says_something(text):
            even = 1 / len(self.intents)
            return Reading(None, [ScoredIntent(intent, even) for intent in self.intents], 1.0)
        scores = self._machine.scores_of_one(row)
        probabilities = softmax(self.sharpness * scores[0])
        order = np.argsort(-probabilities, kind="stable")
        ranking = [ScoredIntent(self.intents[at], float(probabilities[at])) for at in order]
        if self._rejection is None:
            return Reading(ranking[0].intent, ranking, 0.0)
        unknown = np.array([self._features.unknown_share(text)])
        signs = signs_of(scores, _foreign(self.intents), unknown, np.array([row.nnz]))
        foreign, refused = self._rejection.judge(signs)
        likeliest = ranking[0].intent
        return Reading(
            None if refused and likeliest not in OUT_OF_SCOPE else likeliest, ranking, foreign
        )

    def save(self, directory: Path) -> None:
        """Write the model into an existing directory."""
        arrays = {f"idf{number}": idf for number, idf in enumerate(self._features.idf)}
        rejection = {} if self._rejection is None else self._rejection.arrays()
        np.savez(
            directory / ARRAYS_FILE,
            weights=self._machine.weights.astype(np.float32),
            biases=self._machine.biases,
            sharpness=self.sharpness,
            **arrays,
            **rejection,
        )
        names = {
            "intents": self.intents,
            "terms": self._features.terms,
            "rich": self._features.rich,
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
            idf = [arrays[f"idf{number}"] for number in range(len(names["terms"]))]
            machine = Machine(names["intents"], arrays["weights"], arrays["biases"])
            features = TextFeatures(names["terms"], idf, names["rich"])
            rejection = Rejection.restored(arrays)
            return cls(features, machine, float(arrays["sharpness"]), rejection)


class _UnknownWords:
    """The share of the words of each text that a part of the texts does not have."""

    def __init__(self, counts: csr_matrix, names: Sequence[str]) -> None:
        words = np.flatnonzero([is_word(name) for name in names])
        self._counts = counts[:, words]

    def shares(self, texts: np.ndarray, among: np.ndarray) -> np.ndarray:
        known = self._counts[among].getnnz(axis=0) > 0
        of_each = self._counts[texts]
        return 1 - of_each @ known / np.maximum(of_each.sum(axis=1).A1, 1)


def _try(
    fold: Fold, counts: Counts, unknown: _UnknownWords, intents: np.ndarray, penalty: float
) -> Trial:
    """Fit on a part of the texts and score the others."""
    learnt = [block[fold.learnt] for block in counts]
    weights = Weights.of(learnt)
    machine = Machine.fit(weights.rows(learnt), intents[fold.learnt], penalty)
    rows = weights.rows([block[fold.judged] for block in counts])
    scores = machine.scores(rows)
    foreign = _foreign(machine.intents)
    signs = signs_of(
        scores,
        foreign,
        unknown.shares(fold.judged, fold.learnt),
        rows.getnnz(axis=1),
    )
    column = {intent: at for at, intent in enumerate(machine.intents)}
    truth = np.array([column.get(intent, -1) for intent in intents[fold.judged]])
    inner = np.delete(np.arange(len(machine.intents)), foreign)
    right = (fold.kinds == IN_SCOPE) & (inner[scores[:, inner].argmax(axis=1)] == truth)
    return Trial(signs, fold.kinds, right, _chances_at(scores, truth))


def _chances_at(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the log probability of the right intent at each sharpness; NaN where it is unknown."""
    known = right >= 0
    found = np.full((len(scores), len(_SHARPEST)), np.nan)
    for at, sharpness in enumerate(_SHARPEST):
        chances = softmax(sharpness * scores[known], axis=1)
        found[known, at] = np.log(chances[np.arange(known.sum()), right[known]] + 1e-12)
    return found


def _sharpness(trial: Trial) -> float:
    """Return the sharpness under which the right intents were likeliest."""
    return float(_SHARPEST[np.nanmean(trial.chances, axis=0).argmax()])


def _foreign(intents: Sequence[str]) -> List[int]:
    return [at for at, intent in enumerate(intents) if intent in OUT_OF_SCOPE]
