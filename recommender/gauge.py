"""Put folded scores into the form that explains best, without changing any order.

Two shifts. A feature's weights are taken relative to their mean over products: what lifts every
product alike is no reason for one. An attribute's levels are taken relative to the average
client, whose share moves into the base: a reason then tells what sets this client apart, and a
value that is missing or unknown counts as the average client does.
"""

import numpy as np
from numpy.typing import NDArray

from recommender.attributes import AttributeSpace
from recommender.linear import LinearScores


def centred(
    scores: LinearScores, space: AttributeSpace, mean_features: NDArray[np.float64]
) -> LinearScores:
    """Shift the scores.

    Parameters
    ----------
    scores
        Attributes first, then one feature a held product.
    space
        The attributes.
    mean_features
        Mean encoded attributes over training clients, shape (attribute features,).
    """
    weights = scores.weights - scores.weights.mean(axis=1, keepdims=True)
    base = scores.base - scores.base.mean()
    start = 0
    for attribute in space.attributes:
        end = start + len(attribute.names)
        average = mean_features[start:end] @ weights[start:end]
        weights[start:end] -= average / space.weight
        base = base + average
        start = end
    return LinearScores(weights, base)
