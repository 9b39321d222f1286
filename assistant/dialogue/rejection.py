"""When a message is out of scope: learnt from scores of messages that a model did not see."""

from typing import Dict, Mapping, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.dialogue.simulation import FOREIGN, IN_SCOPE, UNTHOUGHT

_UNLIKE = -2.0  # the score of being foreign where no example says what that is


class Trial(NamedTuple):
    """Messages judged by a model that did not see them.

    Attributes
    ----------
    signs
        As `signs_of` gives them, shape (messages, signs).
    kinds
        What each message is: in scope, of an intent left out, or foreign.
    right
        Whether the best intent in scope was the right one.
    chances
        Log probability of the right intent at each sharpness tried.
    """

    signs: np.ndarray
    kinds: np.ndarray
    right: np.ndarray
    chances: np.ndarray

    @classmethod
    def joined(cls, trials: Sequence["Trial"]) -> "Trial":
        """Return several trials as one."""
        return cls(*(np.concatenate(parts) for parts in zip(*trials)))


def signs_of(
    scores: np.ndarray, foreign: Sequence[int], unknown: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Return what tells a foreign message from one in scope.

    Parameters
    ----------
    scores
        Shape (messages, intents).
    foreign
        Columns of the intents that stand for everything out of scope.
    unknown
        The share of unknown words of each message.
    lengths
        The number of known features of each message.

    Returns
    -------
    numpy.ndarray
        The best score of an intent in scope, how far the next is behind, how far the best foreign
        one is ahead, both of these as log odds of the best, unknown words and length.
    """
    inner = np.sort(np.delete(scores, foreign, axis=1), axis=1)
    best, second = inner[:, -1], inner[:, -2]
    ahead = scores[:, foreign].max(axis=1) if len(foreign) else np.full(len(scores), _UNLIKE)
    others = np.logaddexp(np.logaddexp.reduce(4 * inner[:, :-1], axis=1), 4 * ahead)
    return np.column_stack(
        [best, best - second, ahead - best, 4 * best - others, unknown, np.log1p(lengths)]
    )


class Rejection(NamedTuple):
    """A logistic regression over the signs, and the threshold above which a message is refused."""

    weights: np.ndarray
    bias: float
    threshold: float

    @classmethod
    def learn(cls, trial: Trial, refused_share: float) -> "Rejection":
        """Learn from messages in scope, of intents left out, and foreign; the last two weigh alike.

        The threshold refuses `refused_share` of the messages that were understood rightly: to
        refuse the others does no harm.
        """
        counts = np.maximum(np.bincount(trial.kinds, minlength=3), 1)
        weight = np.ones(len(trial.kinds))
        weight[trial.kinds == FOREIGN] = max(1.0, counts[UNTHOUGHT] / counts[FOREIGN])
        scaler = StandardScaler().fit(trial.signs)
        regression = LogisticRegression(max_iter=1000)
        regression.fit(scaler.transform(trial.signs), trial.kinds != IN_SCOPE, weight)
        weights = regression.coef_[0] / scaler.scale_
        bias = float(regression.intercept_[0] - weights @ scaler.mean_)
        understood = trial.signs[trial.right] @ weights + bias
        return cls(weights, bias, float(np.quantile(understood, 1 - refused_share)))

    def judge(self, signs: np.ndarray) -> Tuple[float, bool]:
        """Return the probability that a message is out of scope, and whether it is refused."""
        score = float(signs[0] @ self.weights + self.bias)
        return float(expit(score)), score > self.threshold

    def arrays(self) -> Dict[str, np.ndarray]:
        """Return what is kept."""
        return {"signs": np.append(self.weights, [self.bias, self.threshold])}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray]) -> Optional["Rejection"]:
        """Return what `arrays` was taken from; None where there was none."""
        if "signs" not in arrays:
            return None
        *weights, bias, threshold = arrays["signs"]
        return cls(np.array(weights), float(bias), float(threshold))
