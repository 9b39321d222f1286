"""LightFM on leave-one-out contexts, folded into one features × products table."""

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM
from numpy.typing import NDArray

from recommender.contexts import Contexts
from recommender.linear import LinearScores, mixed
from recommender.settings import Settings


def fit_factors(
    features: sp.csr_matrix,
    contexts: Contexts,
    attributes: sp.csr_matrix,
    seed: int,
    settings: Settings,
) -> LinearScores:
    """Train the members and average their folded scores.

    A product without holders is not trained on: as a wrong answer drawn at random it would be
    taught that nobody wants it. It lives by its attributes and starts from the base of the
    least held product.

    Parameters
    ----------
    features
        The contexts as LightFM "users", shape (contexts, features).
    attributes
        Encoded product attributes, shape (products, product features).
    """
    holders = np.bincount(contexts.targets, minlength=attributes.shape[0])
    items = item_features(attributes, holders)
    known = np.flatnonzero(holders)
    wanted = interactions(contexts, known)
    members = []
    for number in range(settings.members):
        model = train_member(features, wanted, items[known], seed + number, settings)
        members.append(fold(model, items))
    scores = mixed(members, [1.0 / len(members)] * len(members))
    base = np.where(holders > 0, scores.base, scores.base[known].min())
    return LinearScores(scores.weights, base)


def train_member(
    features: sp.csr_matrix,
    wanted: sp.coo_matrix,
    items: sp.csr_matrix,
    seed: int,
    settings: Settings,
) -> LightFM:
    """Train one LightFM with the warp loss, on one thread so that a seed means one model."""
    model = LightFM(
        no_components=settings.components,
        learning_rate=settings.learning_rate,
        loss="warp",
        random_state=seed,
    )
    model.fit(
        wanted, user_features=features, item_features=items, epochs=settings.epochs, num_threads=1
    )
    return model


def fold(model: LightFM, items: sp.csr_matrix) -> LinearScores:
    """Multiply the factors out: ``weights = E Qᵀ + b_f``, ``base = b_p`` (see `linear`)."""
    item_biases, item_vectors = model.get_item_representations(items)
    biases, vectors = model.get_user_representations()
    weights = vectors.astype(np.float64) @ item_vectors.T.astype(np.float64)
    weights += biases.astype(np.float64)[:, None]
    return LinearScores(weights, item_biases.astype(np.float64))


def item_features(attributes: sp.csr_matrix, holders: NDArray[np.int64]) -> sp.csr_matrix:
    """Identity beside attributes; a product without holders has attributes only."""
    identity = sp.diags_array((holders > 0).astype(np.float32))
    return sp.csr_matrix(sp.hstack([identity, attributes], dtype=np.float32))


def interactions(contexts: Contexts, known: NDArray[np.int64]) -> sp.coo_matrix:
    """Lay out the targets as 1 and what is held beside them as −1, which LightFM steps over.

    LightFM draws wrong answers only where the matrix has no entry, so a held product never
    counts as one. Shape (contexts, known products).
    """
    rows = np.arange(len(contexts))
    ones = np.ones(len(contexts), dtype=np.float32)
    targets = sp.csr_matrix((ones, (rows, contexts.targets)), shape=contexts.others.shape)
    return sp.coo_matrix((targets - contexts.others)[:, known])
