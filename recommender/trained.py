"""A model ready for use, and the card that says where it comes from."""

from dataclasses import dataclass
from datetime import datetime

from recommender.model import ContextModel
from recommender.peers import Peers
from recommender.readiness import Readiness
from recommender.settings import Settings
from recommender.standings import Standing


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
        The model, last, and all it must beat, on holdings hidden from a first training; empty if
        there were too few to hide. The model stored is then trained on all.
    hidden
        How many holdings were hidden.
    split
        The day from which openings were hidden; empty where holdings carry no dates and those of
        `recommender.holdout` were.
    """

    version: str
    trained_at: datetime
    seed: int
    settings: Settings
    fingerprint: str
    clients: int
    holdings: int
    metrics: tuple[Standing, ...]
    hidden: int = 0
    split: str = ""


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """All that `recommend` and `rank_clients` need."""

    model: ContextModel
    peers: Peers
    readiness: Readiness
    card: ModelCard
