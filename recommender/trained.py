"""A model ready for use, and the card that says where it comes from."""

from dataclasses import dataclass
from datetime import datetime

from recommender.evaluate import MethodQuality
from recommender.model import ContextModel
from recommender.peers import Peers
from recommender.readiness import Readiness
from recommender.settings import Settings


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Where a model comes from and what it is worth.

    Attributes
    ----------
    version
        The name of its folder.
    trained_at
        Time-zone aware.
    fingerprint
        SHA-256 of the training tables, in hexadecimal.
    metrics
        The model and every baseline on holdings hidden from a first training; empty if there
        were too few to hide. The model stored is then trained on all.
    """

    version: str
    trained_at: datetime
    seed: int
    settings: Settings
    fingerprint: str
    clients: int
    holdings: int
    metrics: tuple[MethodQuality, ...]

    @property
    def worth_using(self) -> bool:
        """Whether no baseline has a higher mean reciprocal rank; False if never measured."""
        if not self.metrics:
            return False
        *others, own = (row.quality.mrr for row in self.metrics)
        return own >= max(others)


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """All that `recommend` and `rank_clients` need."""

    model: ContextModel
    peers: Peers
    readiness: Readiness
    card: ModelCard
