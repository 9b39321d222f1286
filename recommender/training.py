"""Train, measure, store: one version."""

import hashlib
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender import baselines
from recommender.cards import write_cards
from recommender.dataset import Dataset
from recommender.drift import save_snapshot, take_snapshot
from recommender.errors import TooFewHoldings
from recommender.fitting import fit, in_time
from recommender.holdout import FEWEST, hold_out
from recommender.model import ContextModel
from recommender.openings import later_openings
from recommender.peers import find_peers
from recommender.protection import read_protected, unprotected
from recommender.readiness import find_readiness
from recommender.registry import seal
from recommender.release import MEASURED, scores_of
from recommender.settings import Settings
from recommender.standings import Contender, standings
from recommender.storage import save
from recommender.trained import ModelCard, TrainedModel

OWN = "this model"


def train(
    dataset: Dataset,
    seed: int,
    out_dir: Path,
    now: datetime,
    settings: Settings | None = None,
    *,
    rivals: Mapping[str, Contender] | None = None,
    protected: Collection[str] | None = None,
) -> ModelCard:
    """Train on all holdings and write a versioned folder, whole or not at all.

    Parameters
    ----------
    out_dir
        Gets a folder named by the card's version: the model, its measured twin, the card in JSON
        and in words, the snapshot that drift is measured from, and the hash of every file.
    now
        Time-zone aware; becomes `trained_at`.
    rivals
        What the model is measured beside, other than popularity and co-occurrence.
    protected
        Attributes left out of scores and reasons, lower case; by default our own list.

    Returns
    -------
    ModelCard
        Its metrics come from a first training: where holdings carry dates, without the latest
        tenth of openings, which are then to be found (attributes stay as they are now); else
        without the holdings of `recommender.holdout`.

    Raises
    ------
    TooFewHoldings
        If there is nothing to learn from.
    FileExistsError
        If the version is there already.
    """
    settings = settings or Settings()
    dataset = unprotected(dataset, read_protected() if protected is None else protected)
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
        metrics=(),
    )
    if (out_dir / card.version).exists():
        raise FileExistsError(out_dir / card.version)
    twin, card = _measured(dataset, card, rivals or {})
    trained = _complete(fit(dataset, seed, settings), dataset, card, settings.most_peers)
    return _write(trained, twin, dataset, out_dir)


def fingerprint(dataset: Dataset) -> str:
    """SHA-256 over the three tables as CSV, in hexadecimal."""
    digest = hashlib.sha256()
    for frame in (dataset.clients, dataset.holdings.reset_index(drop=True), dataset.products):
        digest.update(frame.to_csv().encode())
    return digest.hexdigest()


def _measured(
    dataset: Dataset, card: ModelCard, rivals: Mapping[str, Contender]
) -> tuple[TrainedModel | None, ModelCard]:
    """Train the twin on what is visible and measure it beside the others; None if it cannot be."""
    visible, hidden, split = _hide(dataset, card.settings)
    if len(hidden) < FEWEST:
        return None, card
    fitted: list[ContextModel] = []

    def own(seen: Dataset) -> NDArray[np.float64]:
        fitted.append(fit(seen, card.seed, card.settings))
        return scores_of(fitted[0], seen)

    contenders: dict[str, Contender] = {
        "popularity": lambda seen: baselines.popularity(seen.held()),
        "co-occurrence": lambda seen: baselines.co_occurrence(seen.held()),
        **rivals,
        OWN: own,
    }
    try:
        rows = standings(visible, hidden, contenders)
    except TooFewHoldings:
        return None, card
    twin = replace(card, version=MEASURED, split=split)
    measured = replace(card, metrics=rows, hidden=len(hidden), split=split)
    return _complete(fitted[0], visible, twin, 0), measured


def _hide(dataset: Dataset, settings: Settings) -> tuple[Dataset, pd.DataFrame, str]:
    """Hide what is to be found; either way the twin of an older version has not seen it."""
    if in_time(dataset, settings):
        visible, hidden, since = later_openings(dataset)
        return visible, hidden, since.isoformat()
    return *hold_out(dataset), ""


def _complete(model: ContextModel, dataset: Dataset, card: ModelCard, peers: int) -> TrainedModel:
    near = find_peers(dataset, model, card.seed, peers)
    return TrainedModel(model, near, find_readiness(dataset), card)


def _write(
    trained: TrainedModel, twin: TrainedModel | None, dataset: Dataset, out_dir: Path
) -> ModelCard:
    card = trained.card
    building = out_dir / f".{card.version}"
    shutil.rmtree(building, ignore_errors=True)
    folder = save(trained, building)
    if twin is not None:
        save(twin, folder)
    save_snapshot(take_snapshot(dataset, trained.model.attributes), folder)
    write_cards(trained, folder)
    seal(folder)
    folder.rename(out_dir / card.version)
    building.rmdir()
    return card
