"""How far the clients of today differ from those a model was trained on.

The measure is the population stability index over the levels of an attribute, or over holding a
product and not holding it: ``Σ (now − then) · ln(now / then)`` over shares, the symmetric
divergence of Jeffreys (1946), as credit scoring uses it (Siddiqi 2006, "Credit Risk Scorecards":
below 0.1 stable, from 0.25 shifted). Between two samples of one population it is about
``χ² · (1/n + 1/m)`` (Yurdakul 2018), so a shift that few clients could show by chance is no shift.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError
from scipy.stats import chi2

from recommender.attributes import AttributeSpace
from recommender.dataset import Dataset
from recommender.errors import ModelBroken
from recommender.levels import NOTHING

SNAPSHOT = "snapshot.json"
SHIFTED = 0.25
WATCHED = 0.1
CERTAINTY = 0.99
_PRIOR = 0.5
"""Clients added to every count, so that an empty level gives no infinity."""

MISSING_SHARE, UNKNOWN_SHARE = "(no value)", "(never seen)"


@dataclass(frozen=True, slots=True)
class Counts:
    """Clients by level of an attribute, or by holding a product."""

    name: str
    levels: tuple[str, ...]
    clients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The clients on one day, as counts.

    Attributes
    ----------
    attributes
        By the levels of a model, with values missing and values never seen in training.
    holdings
        By product: clients who hold it, and who do not.
    """

    attributes: tuple[Counts, ...]
    holdings: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """One row of the comparison.

    Attributes
    ----------
    index
        The population stability index.
    by_chance
        What it stays below in 99 of 100 pairs of samples of this size without any shift.
    moved, then, now
        The level whose share changed most, and its shares.
    """

    name: str
    index: float
    by_chance: float
    moved: str
    then: float
    now: float

    @property
    def shifted(self) -> bool:
        """Whether the index is over the threshold and not by chance."""
        return self.index >= SHIFTED and self.index > self.by_chance


@dataclass(frozen=True, slots=True)
class DriftReport:
    """All rows, the largest index first."""

    attributes: tuple[Drift, ...]
    holdings: tuple[Drift, ...]

    @property
    def shifted(self) -> tuple[Drift, ...]:
        """The rows over the threshold."""
        return tuple(row for row in (*self.attributes, *self.holdings) if row.shifted)


def take_snapshot(dataset: Dataset, space: AttributeSpace) -> Snapshot:
    """Count the clients by the levels of a model and by what they hold."""
    attributes = []
    for attribute in space.attributes:
        levels = (*attribute.names, MISSING_SHARE, UNKNOWN_SHARE)
        if attribute.name in dataset.clients.columns:
            codes = attribute.codes(dataset.clients[attribute.name])
        else:
            codes = np.full(len(dataset.clients), NOTHING, dtype=np.int64)
        places = np.where(codes >= 0, codes, len(attribute.names) - 1 - codes)
        counted = np.bincount(places, minlength=len(levels))
        attributes.append(Counts(attribute.name, levels, tuple(counted.tolist())))
    held = np.asarray(dataset.held().sum(axis=0), dtype=np.int64).ravel()
    holdings = (
        Counts(product, ("held", "not held"), (int(count), len(dataset.client_ids) - int(count)))
        for product, count in zip(dataset.product_ids.ids, held, strict=True)
    )
    return Snapshot(tuple(attributes), tuple(holdings))


def compare(then: Snapshot, now: Snapshot) -> DriftReport:
    """Compare two snapshots by the same model; what only one of them has is left out."""
    return DriftReport(
        _compare(then.attributes, now.attributes), _compare(then.holdings, now.holdings)
    )


def save_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write a snapshot beside a model."""
    content = TypeAdapter(Snapshot).dump_json(snapshot, indent=1)
    (folder / SNAPSHOT).write_bytes(content)


def load_snapshot(folder: Path) -> Snapshot:
    """Read the snapshot beside a model.

    Raises
    ------
    ModelBroken
        It is not there or not as it was written.
    """
    try:
        return TypeAdapter(Snapshot).validate_json((folder / SNAPSHOT).read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelBroken(str(folder), f"{SNAPSHOT} cannot be read") from error


def _compare(then: Sequence[Counts], now: Sequence[Counts]) -> tuple[Drift, ...]:
    known = {counts.name: counts for counts in now}
    pairs = [(old, known[old.name]) for old in then if old.name in known]
    rows = [_drift(old, new) for old, new in pairs if old.levels == new.levels]
    return tuple(sorted(rows, key=lambda row: (-row.index, row.name)))


def _drift(old: Counts, new: Counts) -> Drift:
    first, second = (np.array(counts.clients, dtype=np.float64) for counts in (old, new))
    there = (first + second) > 0
    first, second = first[there], second[there]
    levels = [level for level, is_there in zip(old.levels, there, strict=True) if is_there]
    then, now = _shares(first), _shares(second)
    moved = int(np.argmax(np.abs(now - then)))
    sizes = 1 / max(first.sum(), 1) + 1 / max(second.sum(), 1)
    freedom = max(len(levels) - 1, 1)
    return Drift(
        name=old.name,
        index=float(((now - then) * np.log(now / then)).sum()),
        by_chance=float(chi2.ppf(CERTAINTY, freedom) * sizes),
        moved=levels[moved],
        then=float(then[moved]),
        now=float(now[moved]),
    )


def _shares(clients: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((clients + _PRIOR) / (clients.sum() + _PRIOR * len(clients)))
