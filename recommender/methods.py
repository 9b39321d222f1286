"""Every method that is measured, as one function from what is visible to scores and log-odds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender import baselines, rivals
from recommender.dataset import Dataset
from recommender.fitting import fit, fit_lightfm
from recommender.model import ContextModel, score_block
from recommender.order import likeliest_first
from recommender.plays import Play, fits
from recommender.plays import scores as scores_of_plays
from recommender.settings import Settings

type Floats = NDArray[np.float64]

POPULARITY: Final = "popularity"
PLAYS: Final = "plays"
CORE: Final = "contexts"
FINAL: Final = "final"


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method says of every client, shape (clients, products).

    Attributes
    ----------
    scores
        The order of the products.
    odds
        Log-odds up to a constant a client; None if the method gives no chances.
    """

    scores: Floats
    odds: Floats | None = None


type Method = Callable[[Dataset, int, Settings], Scored | None]
"""From visible data, seed and settings; None if the method has nothing to say of such data."""


def _popularity(dataset: Dataset, _seed: int, _settings: Settings) -> Scored:
    counts = baselines.popularity(dataset.held())
    return Scored(counts, np.log(counts + baselines.SMOOTHING))


def _co_occurrence(dataset: Dataset, _seed: int, _settings: Settings) -> Scored:
    scores = baselines.co_occurrence(dataset.held())
    return Scored(scores, scores)


def _ease(dataset: Dataset, _seed: int, _settings: Settings) -> Scored:
    return Scored(baselines.ease(dataset.held()))


def _lightfm(dataset: Dataset, seed: int, _settings: Settings) -> Scored:
    return Scored(baselines.plain_lightfm(dataset, seed))


def _logistic(dataset: Dataset, _seed: int, _settings: Settings) -> Scored:
    scores = rivals.logistic_a_product(dataset)
    return Scored(scores, scores)


def _boosting(dataset: Dataset, seed: int, _settings: Settings) -> Scored:
    scores = rivals.boosted_contexts(dataset, seed)
    return Scored(scores, scores)


def _core(dataset: Dataset, seed: int, settings: Settings) -> Scored:
    return Scored(_scores(fit_lightfm(dataset, seed, settings), dataset))


def _final(dataset: Dataset, seed: int, settings: Settings) -> Scored:
    model = fit(dataset, seed, settings)
    scores = _scores(model, dataset)
    closed = dataset.held().toarray() > 0
    return Scored(likeliest_first(scores, model.tilt, closed), scores - model.tilt)


def _scores(model: ContextModel, dataset: Dataset) -> Floats:
    encoded = model.attributes.encode(dataset.clients)
    return score_block(model, model.features(encoded, dataset.held()))


COUNTING: Final[Mapping[str, Method]] = {
    POPULARITY: _popularity,
    "co-occurrence": _co_occurrence,
    "EASE": _ease,
}
"""Seconds at most, whatever the data: what every training is measured against."""

RIVALS: Final[Mapping[str, Method]] = {
    "lightfm": _lightfm,
    "logistic regression": _logistic,
    "gradient boosting": _boosting,
}

OWN: Final[Mapping[str, Method]] = {CORE: _core, FINAL: _final}

SEEDLESS: Final = frozenset({*COUNTING, "logistic regression", PLAYS})
"""The same for every seed."""


def selling_rules(plays: Sequence[Play]) -> Method:
    """Return the business's own plays as a method; nothing to say of data none of them fits."""

    def method(dataset: Dataset, _seed: int, _settings: Settings) -> Scored | None:
        return Scored(scores_of_plays(plays, dataset)) if fits(plays, dataset) else None

    return method


def all_methods(further: Mapping[str, Method] | None = None) -> dict[str, Method]:
    """Return every method, the final model last; `further` ones stand before our own."""
    return {**COUNTING, **RIVALS, **(further or {}), **OWN}
