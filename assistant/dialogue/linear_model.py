"""The intent model: two opinions of the intents, and when to refuse.

Free of Rasa, so it is trained and measured wherever scikit-learn is. A saved model is arrays and
JSON; nothing in it is executed when it is read.
"""

import json
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax

from assistant.dialogue.evidence import Evidence
from assistant.dialogue.kept import arrays_of, is_kept, restored
from assistant.dialogue.naive_bayes import NaiveBayes
from assistant.dialogue.normalise import says_something
from assistant.dialogue.opinions import Opinions, Scores, sharpness_of
from assistant.dialogue.rejection import Rejection
from assistant.dialogue.signs import signs_of
from assistant.dialogue.simulation import foldings
from assistant.dialogue.support_vectors import SupportVectors
from assistant.dialogue.text_features import TextFeatures, Weights
from assistant.dialogue.trial import Examples, Trial, try_fold

ARRAYS_FILE = "model.npz"
NAMES_FILE = "model.json"

OUT_OF_SCOPE = ("out_of_scope", "oos")
_UNTRIED = 4.0  # the sharpness where there are too few examples to learn it


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
        intents: List[str],
        opinions: Opinions,
        sharpness: float,
        refusing: Optional[Tuple[Evidence, Rejection]],
    ) -> None:
        self._features = features
        self._opinions = opinions
        self._refusing = refusing
        self.intents = intents
        self.sharpness = sharpness

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        penalty: float = 3.0,
        refused_share: float = 0.02,
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
        features, counts, words = TextFeatures.fit(texts)
        names, numbers = np.unique(np.asarray(intents), return_inverse=True)
        opinions = Opinions.fit(Weights.of(counts).rows(counts), numbers, penalty)
        examples = Examples(counts, words, numbers, _foreign(names))
        folds = foldings(intents, OUT_OF_SCOPE, seed, many=features.rich)
        trials = [try_fold(fold, examples, penalty) for fold in folds]
        known = [str(name) for name in names]
        if not trials:
            return cls(features, known, opinions, _UNTRIED, None)
        trial = Trial.joined(trials)
        rejection = Rejection.learn(trial, refused_share if examples.foreign else 0.0)
        refusing = Evidence.fit(words, numbers), rejection
        return cls(features, known, opinions, sharpness_of(trial.chances), refusing)

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
        scores = self._opinions.scores(row)
        chances = softmax(self.sharpness * scores.together[0])
        order = np.argsort(-chances, kind="stable")
        ranking = [ScoredIntent(self.intents[at], float(chances[at])) for at in order]
        likeliest = ranking[0].intent
        if self._refusing is None:
            return Reading(likeliest, ranking, 0.0)
        foreign, refused = self._judged(text, row, scores)
        answered = None if refused and likeliest not in OUT_OF_SCOPE else likeliest
        return Reading(answered, ranking, foreign)

    def _judged(self, text: str, row: csr_matrix, scores: Scores) -> Tuple[float, bool]:
        """Return the probability that a message is out of scope, and whether it is refused."""
        evidence, rejection = self._refusing
        foreign = _foreign(self.intents)
        inner = np.delete(np.arange(len(self.intents)), foreign)
        best = inner[scores.together[:, inner].argmax(axis=1)]
        words, others = self._features.words_in(text)
        speaking = evidence.signs(words, np.array([others]), best)
        signs = signs_of(scores, foreign, speaking, np.array([row.nnz]))
        return rejection.judge(signs)

    def save(self, directory: Path) -> None:
        """Write the model into an existing directory."""
        idf = {f"idf{number}": block for number, block in enumerate(self._features.idf)}
        parts = arrays_of(*self._opinions, *(self._refusing or ()))
        np.savez(directory / ARRAYS_FILE, sharpness=self.sharpness, **idf, **parts)
        names = {
            "intents": self.intents,
            "terms": self._features.terms,
            "words": self._features.words,
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
        ValueError, KeyError
            When a file is not what `save` writes.
        """
        names = json.loads((directory / NAMES_FILE).read_text(encoding="utf-8"))
        with np.load(directory / ARRAYS_FILE, allow_pickle=False) as arrays:
            idf = [arrays[f"idf{number}"] for number in range(len(names["terms"]))]
            features = TextFeatures(names["terms"], idf, names["words"], names["rich"])
            opinions = Opinions(restored(SupportVectors, arrays), restored(NaiveBayes, arrays))
            refusing = None
            if is_kept(Rejection, arrays):
                refusing = restored(Evidence, arrays), restored(Rejection, arrays)
            sharpness = float(arrays["sharpness"])
            return cls(features, names["intents"], opinions, sharpness, refusing)


def _foreign(intents: Sequence[str]) -> List[int]:
    """Return the places of the intents that stand for everything out of scope."""
    return [at for at, intent in enumerate(intents) if intent in OUT_OF_SCOPE]
