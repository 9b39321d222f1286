"""The stages on the same contexts, and their mixture.

Three stages, each a sum over the same features: LightFM, the logistic regression on crosses, and
EASE. All are trained on everyone. How far to trust each is learnt by training them again without
one product of some clients, which they then have to find (see `hiding`).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.baselines import ease_weights
from recommender.contexts import Contexts
from recommender.factors import fit_factors
from recommender.hiding import Hidden, hide
from recommender.linear import LinearScores, mixed
from recommender.material import Material, with_contexts
from recommender.mixing import Unseen, fit_evening, fit_mixture
from recommender.settings import Settings
from recommender.softmax import Fitted, fit_effects, folded

SINGLE_TESTED = 0.05
"""How much a context of attributes alone counts when stages are weighed: few are asked about."""
THREADS = 2
STAGES = 3


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
    parts, fitted = fit_stages(material, seed, settings)
    told = replace(material, precisions=fitted.precisions)
    once = replace(settings, rounds=1, members=1)
    tested = _tested(told, hide(material.contexts, np.random.default_rng([seed, 1])), seed, once)
    mixture = fit_mixture(tested)
    rarity = _rarity(material.contexts.targets, material.products.shape[0])
    tilt = fit_evening(tested, mixture, rarity) * rarity
    scores = mixed(parts, mixture.shares)
    return Mixed(LinearScores(scores.weights, scores.base + mixture.shift + tilt), tilt)


def fit_core(material: Material, seed: int, settings: Settings) -> LinearScores:
    """Train LightFM on the contexts; crosses have no weight."""
    contexts = material.contexts
    rows = [material.encoded[contexts.clients], contexts.others]
    features = sp.csr_matrix(sp.hstack(rows, dtype=np.float32))
    members = settings.members_for(len(contexts))
    scores = fit_factors(
        features, contexts, material.products, seed, replace(settings, members=members)
    )
    return _widened(scores, len(material.crosses), 0)


def fit_stages(
    material: Material, seed: int, settings: Settings
) -> tuple[list[LinearScores], Fitted]:
    """Train every stage, side by side."""
    design, contexts = material.design, material.contexts
    with ThreadPoolExecutor(THREADS) as pool:
        core = pool.submit(fit_core, material, seed, settings)
        drawn = material.precisions
        effects = pool.submit(fit_effects, design, drawn, settings.rounds, settings.steps)
        fitted = effects.result()
        first = core.result()
    levels, pairs = material.encoded.shape[1], len(material.crosses)
    counting = LinearScores(ease_weights(_holdings(contexts)), np.zeros(material.products.shape[0]))
    second = _unheld_last(folded(design, fitted.effects), contexts.targets)
    return [first, second, _widened(counting, pairs, levels)], fitted


def _holdings(contexts: Contexts) -> sp.csr_matrix:
    """Lay out all holdings of the clients of the contexts, as `Dataset.held`."""
    clients, own = np.unique(contexts.clients, return_inverse=True)
    shape = (len(clients), contexts.others.shape[1])
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


def _tested(material: Material, parts: Sequence[Hidden], seed: int, settings: Settings) -> Unseen:
    """Score what is hidden by stages trained on what is left, part by part."""
    scores = np.zeros((STAGES, *material.design.closed.shape), dtype=np.float32)
    for part in parts:
        if len(np.unique(part.left.targets)) > 1:
            fitted, _ = fit_stages(with_contexts(material, part.left), seed, settings)
            features = material.features(part.asked)
            scores[:, part.asked] = [stage.of(features) for stage in fitted]
    asked = np.logical_or.reduce([part.asked for part in parts])
    return Unseen(
        stages=scores[:, asked],
        targets=material.contexts.targets[asked],
        closed=material.contexts.others[asked].toarray() > 0,
        weights=np.where(material.numbers[asked] > 1, 1.0, SINGLE_TESTED),
    )


def _rarity(targets: NDArray[np.int64], products: int) -> NDArray[np.float64]:
    counts = np.bincount(targets, minlength=products).astype(np.float64)
    rarity = -np.log(np.maximum(counts, 1.0) / counts.sum())
    return np.asarray(np.where(counts > 0, rarity, 0.0))
