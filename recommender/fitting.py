"""Fit the model to all that is visible."""

import numpy as np
from numpy.typing import NDArray

from recommender.attributes import find_attributes
from recommender.contexts import leave_one_out
from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.gauge import centred
from recommender.linear import LinearScores
from recommender.material import Material, lay_out
from recommender.model import ContextModel
from recommender.openings import before_opening, is_dated
from recommender.screening import with_found_crosses
from recommender.settings import Settings
from recommender.stages import fit_core, fit_mixed
from recommender.standing import find_standing

FEWEST_CONTEXTS = 10


def fit(dataset: Dataset, seed: int, settings: Settings | None = None) -> ContextModel:
    """Train all stages on all that is visible.

    Raises
    ------
    TooFewHoldings
        If there are fewer than ten training rows, or fewer than two products held.
    """
    settings = settings or Settings()
    material = with_found_crosses(prepare(dataset, seed, settings), seed, settings)
    mixed = fit_mixed(material, seed, settings)
    return _model(dataset, material, mixed.scores, mixed.tilt)


def fit_lightfm(dataset: Dataset, seed: int, settings: Settings | None = None) -> ContextModel:
    """Train LightFM on contexts alone: the core of the model, to be measured beside it.

    Raises
    ------
    TooFewHoldings
        As `fit`.
    """
    settings = settings or Settings()
    material = prepare(dataset, seed, settings)
    scores = fit_core(material, seed, settings)
    return _model(dataset, material, scores, np.zeros(len(dataset.product_ids)))


def in_time(dataset: Dataset, settings: Settings) -> bool:
    """Tell whether contexts are what was held before an opening."""
    return settings.in_time and is_dated(dataset)


def prepare(dataset: Dataset, seed: int, settings: Settings) -> Material:
    """Make the training rows, a sample where there are more than the settings allow."""
    held = dataset.held()
    space = find_attributes(dataset.clients)
    rows = before_opening(dataset) if in_time(dataset, settings) else leave_one_out(held)
    contexts = rows.sample(settings.most_contexts, np.random.default_rng(seed))
    if len(contexts) < FEWEST_CONTEXTS or len(np.unique(contexts.targets)) < 2:
        raise TooFewHoldings(len(contexts), FEWEST_CONTEXTS)
    products = find_attributes(dataset.products).encode(dataset.products)
    return lay_out(space, space.encode(dataset.clients), products, held, contexts)


def _model(
    dataset: Dataset, material: Material, scores: LinearScores, tilt: NDArray[np.float64]
) -> ContextModel:
    mean = np.asarray(material.encoded.mean(axis=0), dtype=np.float64).ravel()
    holders = np.asarray(dataset.held().sum(axis=0), dtype=np.int64).ravel()
    return ContextModel(
        attributes=material.space,
        products=dataset.product_ids,
        crosses=material.crosses,
        scores=centred(scores, material.space, mean),
        tilt=tilt,
        holders=holders,
        standing=find_standing(dataset, material.space, material.encoded),
    )
