"""Attributes that policy forbids to decide by: neither learnt from nor named as a reason.

They are taken out of the data before anything is made of it, so no score and no reason can hold
them, whatever else is changed later.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd
import yaml

from recommender.dataset import Dataset
from recommender.errors import PolicyBroken
from recommender.tables import HiddenHoldings

DEFAULT = Path(__file__).with_name("protected.yml")


def read_protected(path: Path | None = None) -> frozenset[str]:
    """Read the names of protected attributes, lower case; by default from our own list.

    Raises
    ------
    PolicyBroken
        If the file is not there or is not a list of names under ``protected``.
    """
    path = path or DEFAULT
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyBroken(str(path)) from error
    names = content.get("protected") if isinstance(content, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise PolicyBroken(str(path))
    return frozenset(name.strip().lower() for name in names)


def unprotected(dataset: Dataset, protected: Collection[str]) -> Dataset:
    """Take the protected attributes out, and what is derived from them (``<name>_trend``)."""
    return replace(dataset, clients=_allowed(dataset.clients, protected))


def without(holdings: HiddenHoldings, protected: Collection[str]) -> HiddenHoldings:
    """Take the protected attributes out of what is visible; say which."""
    visible = unprotected(holdings.visible, protected)
    left_out = sorted(set(holdings.visible.clients.columns) - set(visible.clients.columns))
    about = {**holdings.about, **({"protected": left_out} if left_out else {})}
    return HiddenHoldings(visible, holdings.hidden, about)


def _allowed(clients: pd.DataFrame, protected: Collection[str]) -> pd.DataFrame:
    names = [str(name).lower().removesuffix("_trend") for name in clients.columns]
    return clients.loc[:, [name not in protected for name in names]]
