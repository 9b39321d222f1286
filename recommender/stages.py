"""The stages on the same contexts, and their mixture.

Three stages, each a sum over the same features: LightFM, the logistic regression on crosses, and
EASE. All are trained on everyone. How far to trust each is learnt by training them again without
some clients, on whose contexts they are then compared: on small data every client is kept back
once, in turn; on large data one part kept back is enough.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.baselines import ease_weights
from recommender.factors import fit_factors
from recommender.linear import LinearScores, mixed
from recommender.material import Material
from recommender.mixing import Unseen, fit_evening, fit_mixture
from recommender.settings import Settings
from recommender.softmax import Fitted, fit_effects, folded

ENOUGH_BACK = 8_000
FOLDS = 3
SINGLE_TESTED = 0.05
"""How much a context of attributes alone counts when stages are weighed: few are asked about."""
THREADS = 2
STAGES = 3

type Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mixed:
    """The final scores.

    Attributes
    ----------
    scores
        Over attribute levels, holdings and crosses.
    tilt
        What of the base is there to move rare products up in the order and is no part of their
        chance, shape (products,).
    """

    scores: LinearScores
    tilt: NDArray[np.float64]


def fit_mixed(material: Material, seed: int, settings: Settings) -> Mixed:
    """Train and mix all stages."""
    contexts = material.contexts
    rng = np.random.default_rng([seed, 1])
    draws = rng.random(material.encoded.shape[0])[contexts.clients]
    parts, fitted = fit_stages(material, np.ones(len(contexts), dtype=bool), seed, settings)
    told = replace(material, precisions=fitted.precisions)
    tested = _unseen(told, _kept_back(draws), seed, replace(settings, rounds=1, members=1))
    mixture = fit_mixture(tested)
    rarity = _rarity(contexts.targets, material.products.shape[0])
    tilt = fit_evening(tested, mixture, rarity) * rarity
    scores = mixed(parts, mixture.shares)
    return Mixed(LinearScores(scores.weights, scores.base + mixture.shift + tilt), tilt)


def fit_core(material: Material, seen: Marks, seed: int, settings: Settings) -> LinearScores:
    """Train LightFM on the contexts marked; crosses have no weight."""
    contexts = material.contexts.where(seen)
    rows = [material.encoded[contexts.clients], contexts.others]
    features = sp.csr_matrix(sp.hstack(rows, dtype=np.float32))
    members = settings.members_for(len(contexts))
    scores = fit_factors(
        features, contexts, material.products, seed, replace(settings, members=members)
    )
    return _widened(scores, len(material.crosses), 0)


def fit_stages(
    material: Material, seen: Marks, seed: int, settings: Settings
) -> tuple[list[LinearScores], Fitted]:
    """Train every stage on the contexts marked, side by side."""
    with ThreadPoolExecutor(THREADS) as pool:
        core = pool.submit(fit_core, material, seen, seed, settings)
        design, drawn = material.design.where(seen), material.precisions
        effects = pool.submit(fit_effects, design, drawn, settings.rounds, settings.steps)
        fitted = effects.result()
        first = core.result()
    targets = material.contexts.targets[seen]
    levels, pairs = material.encoded.shape[1], len(material.crosses)
    counting = LinearScores(
        ease_weights(_holdings(material, seen)), np.zeros(material.products.shape[0])
    )
    second = _unheld_last(folded(design, fitted.effects), targets)
    return [first, second, _widened(counting, pairs, levels)], fitted


def _holdings(material: Material, seen: Marks) -> sp.csr_matrix:
    """Lay out all holdings of the clients of the contexts marked, as `Dataset.held`."""
    contexts = material.contexts.where(seen)
    clients, own = np.unique(contexts.clients, return_inverse=True)
    shape = (len(clients), material.products.shape[0])
    ones = np.ones(len(contexts), dtype=np.float32)
    targets = sp.csr_matrix((ones, (own, contexts.targets)), shape=shape)
    others = contexts.others.tocoo()
    beside = sp.csr_matrix((others.data, (own[others.row], others.col)), shape=shape)
    held = sp.csr_matrix(targets + beside, dtype=np.float32)
    held.data[:] = 1.0
    return held


def _unheld_last(scores: LinearScores, targets: NDArray[np.int64]) -> LinearScores:
    """Give a product that is never a target no weights and a base below every other."""
    known = np.bincount(targets, minlength=len(scores.base)) > 0
    base = np.where(known, scores.base, scores.base[known].min() - 1.0)
    return LinearScores(np.where(known, scores.weights, 0.0), base)


def _widened(scores: LinearScores, after: int, before: int) -> LinearScores:
    weights = np.pad(scores.weights, ((before, after), (0, 0)))
    return LinearScores(weights, scores.base)


def _kept_back(draws: NDArray[np.float64]) -> list[Marks]:
    """Contexts to keep back, one part after the other: all of them, or one part that is enough.

    Parameters
    ----------
    draws
        Between 0 and 1, alike for all contexts of a client, shape (contexts,).
    """
    share = ENOUGH_BACK / len(draws)
    if share < 1 / FOLDS:
        return [draws < share]
    return [(draws * FOLDS).astype(np.int64) == fold for fold in range(FOLDS)]


def _unseen(material: Material, parts: Sequence[Marks], seed: int, settings: Settings) -> Unseen:
    """Score each part by stages trained on all other contexts."""
    scores = np.zeros((STAGES, *material.design.closed.shape), dtype=np.float32)
    for back in parts:
        if back.any() and len(np.unique(material.contexts.targets[~back])) > 1:
            fitted, _ = fit_stages(material, ~back, seed, settings)
            scores[:, back] = _scores(material, back, fitted)
    kept = np.logical_or.reduce(parts)
    return _tested(material, kept, scores[:, kept])


def _scores(material: Material, back: Marks, parts: Sequence[LinearScores]) -> NDArray[np.float32]:
    features = material.features(back)
    return np.array([part.of(features) for part in parts], dtype=np.float32)


def _tested(material: Material, back: Marks, scores: NDArray[np.float32]) -> Unseen:
    numbers = material.numbers[back]
    return Unseen(
        stages=scores,
        targets=material.contexts.targets[back],
        closed=material.contexts.others[back].toarray() > 0,
        weights=np.where(numbers > 1, 1.0, SINGLE_TESTED),
    )


def _rarity(targets: NDArray[np.int64], products: int) -> NDArray[np.float64]:
    counts = np.bincount(targets, minlength=products).astype(np.float64)
    rarity = -np.log(np.maximum(counts, 1.0) / counts.sum())
    return np.asarray(np.where(counts > 0, rarity, 0.0))
