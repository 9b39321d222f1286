"""When a message is out of scope: learnt from scores of messages that a model did not see."""

from typing import NamedTuple, Tuple

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.dialogue.simulation import FOREIGN, IN_SCOPE, UNTHOUGHT
from assistant.dialogue.trial import Trial


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
