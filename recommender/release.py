"""What goes into use: a version that beats all it is measured against, or one a person chose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from recommender.dataset import Dataset
from recommender.errors import ModelError
from recommender.model import ContextModel, score_block
from recommender.order import likeliest_first
from recommender.registry import Registry
from recommender.standings import Contender
from recommender.storage import load
from recommender.trained import ModelCard

MEASURED = "held-out"
"""Folder, in that of a version, of its twin: the model that never saw the hidden holdings."""
IN_USE = "in use"
RULE = "release rule"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a version goes into use.

    Attributes
    ----------
    lost_to
        The methods that stand better, or as well where that is not enough.
    measured
        False where there was too little held-out data to compare.
    """

    version: str
    lost_to: tuple[str, ...]
    measured: bool

    @property
    def released(self) -> bool:
        """Whether it goes into use."""
        return self.measured and not self.lost_to


def judge(card: ModelCard) -> Verdict:
    """Compare the mean reciprocal rank of a version with all it was measured beside.

    It must be higher than that of every simple method, and not lower than that of the version in
    use: of two that find as much, the one that knows the newer data is taken.
    """
    if not card.metrics:
        return Verdict(card.version, (), measured=False)
    *others, own = card.metrics
    lost = (
        row.method
        for row in others
        if row.mrr > own.mrr or (row.mrr == own.mrr and row.method != IN_USE)
    )
    return Verdict(card.version, tuple(lost), measured=True)


def release(registry: Registry, card: ModelCard, at: datetime) -> Verdict:
    """Put a version into use if the rule allows it; otherwise it stays a candidate."""
    verdict = judge(card)
    if verdict.released:
        registry.use(card.version, RULE, "", at)
    return verdict


def version_in_use(
    registry: Registry, catalogue: Collection[str], *, dated: bool
) -> Contender | None:
    """Return the measured twin of the version in use, to be compared with on the same split.

    None where no version is in use, or its files cannot be used for this catalogue, or its twin
    was kept from other holdings: it has seen what is hidden now.

    Parameters
    ----------
    dated
        Whether the latest openings are to be hidden, rather than those of `recommender.holdout`.
    """
    try:
        known = registry.in_use()
        if known is None:
            return None
        twin = load(registry.folder / known.version / MEASURED, catalogue)
    except ModelError:
        return None
    if bool(twin.card.split) != dated:
        return None
    return lambda dataset: scores_of(twin.model, dataset)


def scores_of(model: ContextModel, dataset: Dataset) -> NDArray[np.float64]:
    """Order the products of each client of a dataset, shape (clients, products of the dataset).

    A product that the model does not know scores below every other.
    """
    places = model.products.rows(dataset.product_ids.ids)
    own = dataset.product_ids.rows(model.products.ids)
    held = dataset.held()[:, own]
    features = model.features(model.attributes.encode(dataset.clients), held)
    scores = score_block(model, features)
    lowest = np.full((len(dataset.client_ids), 1), scores.min() - 1.0)
    order = likeliest_first(scores, model.tilt, held.toarray() > 0)
    return np.asarray(np.hstack([order, lowest])[:, places])
