"""Train, measure, store."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.evaluate import MethodQuality, evaluate
from recommender.fitting import fit, in_time
from recommender.openings import later_openings
from recommender.peers import find_peers
from recommender.protection import read_protected, unprotected
from recommender.readiness import find_readiness
from recommender.settings import Settings
from recommender.storage import save
from recommender.trained import ModelCard, TrainedModel

HIDDEN_SHARE = 0.2


def train(
    dataset: Dataset,
    seed: int,
    out_dir: Path,
    now: datetime,
    settings: Settings | None = None,
    protected: Collection[str] | None = None,
) -> ModelCard:
    """Train on all holdings and write a versioned folder.

    Parameters
    ----------
    out_dir
        Gets a folder named by the card's version, for `recommender.storage.load`.
    now
        Time-zone aware; becomes `trained_at`.
    protected
        Attributes left out of scores and reasons, lower case; by default our own list.

    Returns
    -------
    ModelCard
        Its metrics come from a first training: where holdings carry dates, without the latest
        tenth of openings, which are then to be found (attributes stay as they are now); else
        without one holding of a fifth of the clients.

    Raises
    ------
    TooFewHoldings
        If there is nothing to learn from.
    """
    settings = settings or Settings()
    dataset = unprotected(dataset, read_protected() if protected is None else protected)
    metrics = _measure(dataset, seed, settings)
    model = fit(dataset, seed, settings)
    prints = fingerprint(dataset)
    trained_at = now.astimezone(UTC)
    card = ModelCard(
        version=f"{trained_at:%Y%m%dT%H%M%SZ}-{prints[:8]}",
        trained_at=now,
        seed=seed,
        settings=settings,
        fingerprint=prints,
        clients=len(dataset.client_ids),
        holdings=len(dataset.holdings),
        metrics=metrics,
    )
    peers = find_peers(dataset, model, seed, settings.most_peers)
    save(TrainedModel(model, peers, find_readiness(dataset), card), out_dir)
    return card


def fingerprint(dataset: Dataset) -> str:
    """SHA-256 over the three tables as CSV, in hexadecimal."""
    digest = hashlib.sha256()
    for frame in (dataset.clients, dataset.holdings.reset_index(drop=True), dataset.products):
        digest.update(frame.to_csv().encode())
    return digest.hexdigest()


def _measure(dataset: Dataset, seed: int, settings: Settings) -> tuple[MethodQuality, ...]:
    visible, hidden = _hide(dataset, seed, settings)
    if hidden.empty:
        return ()
    try:
        return evaluate(visible, hidden, seed, settings)
    except TooFewHoldings:
        return ()


def _hide(dataset: Dataset, seed: int, settings: Settings) -> tuple[Dataset, pd.DataFrame]:
    if in_time(dataset, settings):
        visible, hidden, _ = later_openings(dataset)
        return visible, hidden
    return dataset.hide(seed, HIDDEN_SHARE)
