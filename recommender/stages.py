"""The stages on the same contexts, and their mixture.

Four stages, each a sum over the same features: LightFM, the chance of each product as the one left
out, the odds of holding each, and EASE. All are trained on everyone. How far to trust each is
learnt by training them again without one product of some clients, which they then have to find
(see `hiding`).
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.baselines import ease_weights
from recommender.design import Sums
from recommender.effects import fit_effects, folded
from recommender.factors import fit_factors
from recommender.hiding import Hidden, hide
from recommender.linear import LinearScores, mixed
from recommender.material import Material, without
from recommender.mixing import Unseen, fit_evening, fit_mixture
from recommender.odds import Odds
from recommender.settings import Settings
from recommender.softmax import Softmax

SINGLE_TESTED = 0.05
"""How much a context of attributes alone counts when stages are weighed: few are asked about."""
THREADS = 2
STAGES = 4

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """How hard each group of effects is drawn towards zero, shape (groups,) each."""

    chances: Floats
    odds: Floats


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
    drawn = Drawn(material.precisions, material.precisions)
    parts, drawn = fit_stages(material, drawn, seed, settings)
    once = replace(settings, rounds=1, steps=settings.rounds * settings.steps, members=1)
    hidden = hide(material.contexts, np.random.default_rng([seed, 1]))
    tested = _tested(material, drawn, hidden, seed, once)
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
    material: Material, drawn: Drawn, seed: int, settings: Settings
) -> tuple[list[LinearScores], Drawn]:
    """Train every stage, side by side; how hard effects were drawn is for the next time."""
    held, levels = material.held, material.encoded.shape[1]
    with ThreadPoolExecutor(THREADS) as pool:
        core = pool.submit(fit_core, material, seed, settings)
        chances = pool.submit(_chances, material, drawn.chances, settings)
        odds = pool.submit(_odds, material, drawn.odds, seed, settings)
        (second, drawn_chances), (third, drawn_odds) = chances.result(), odds.result()
        first = core.result()
    counting = LinearScores(ease_weights(held), np.zeros(held.shape[1]))
    fourth = _widened(counting, len(material.crosses), levels)
    return [first, second, third, fourth], Drawn(drawn_chances, drawn_odds)


def _chances(material: Material, drawn: Floats, settings: Settings) -> tuple[LinearScores, Floats]:
    design = material.design
    likelihood = Softmax(design)
    fitted = fit_effects(likelihood, design.groups, drawn, settings.rounds, settings.steps)
    scores = folded(design.parts, fitted.effects)
    return _unheld_last(scores, design.targets), fitted.precisions


def _odds(
    material: Material, drawn: Floats, seed: int, settings: Settings
) -> tuple[LinearScores, Floats]:
    design, levels = material.design, material.encoded.shape[1]
    clients = np.flatnonzero(np.diff(material.held.indptr))
    if len(clients) > settings.most_contexts:
        rng = np.random.default_rng([seed, 7])
        clients = np.sort(rng.choice(clients, settings.most_contexts, replace=False))
    held = material.held[clients]
    encoded = material.encoded[clients]
    others = sp.hstack([held, material.crosses.encode(encoded, held)], dtype=np.float32)
    sums = Sums(encoded, design.parts, np.arange(len(clients)), sp.csr_matrix(others))
    own = np.arange(held.shape[1])
    apart = np.zeros((len(design.groups) + 1, len(own)), dtype=bool)
    start = design.parts.shape[1]
    apart[start + own, own] = True
    for member in material.crosses.members().T:
        crosses = np.flatnonzero(member >= levels)
        apart[start + len(own) + crosses, member[crosses] - levels] = True
    likelihood = Odds(sums, held, apart)
    fitted = fit_effects(likelihood, design.groups, drawn, settings.rounds, settings.steps)
    return _unheld_last(folded(design.parts, fitted.effects), design.targets), fitted.precisions


def _unheld_last(scores: LinearScores, targets: NDArray[np.int64]) -> LinearScores:
    """Give a product that is never a target no weights and a base below every other."""
    known = np.bincount(targets, minlength=len(scores.base)) > 0
    base = np.where(known, scores.base, scores.base[known].min() - 1.0)
    return LinearScores(np.where(known, scores.weights, 0.0), base)


def _widened(scores: LinearScores, after: int, before: int) -> LinearScores:
    weights = np.pad(scores.weights, ((before, after), (0, 0)))
    return LinearScores(weights, scores.base)


def _tested(
    material: Material, drawn: Drawn, parts: Sequence[Hidden], seed: int, settings: Settings
) -> Unseen:
    """Score what is hidden by stages trained on what is left, part by part."""
    scores = np.zeros((STAGES, *material.design.closed.shape), dtype=np.float32)
    for part in parts:
        if len(np.unique(part.left.targets)) > 1:
            fitted, _ = fit_stages(without(material, part), drawn, seed, settings)
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
