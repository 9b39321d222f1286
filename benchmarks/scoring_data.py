"""An invented bank of any size for the scoring benchmark: 26 products, 40 attributes."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

KINDS = ("personal", "corporate")
CODES, NUMBERS = 22, 18
PRODUCTS = 26
TODAY = date(2026, 11, 20)
_RISKS = (None, "R1", "R2", "R3", "R4", "R5")


def products() -> pd.DataFrame:
    """Half the products open to persons, half to companies; a third with a risk level."""
    rows = []
    for number in range(PRODUCTS):
        rows.append(
            {
                "product_id": f"P{number:02d}",
                "client_kind": KINDS[number % 2],
                "risk_level": _RISKS[1 + number // 3 % 5] if number % 3 == 0 else None,
                "requires": f"P{number % 2:02d}" if number in (10, 11, 20, 21) else None,
            }
        )
    return pd.DataFrame(rows)


def blocks(
    clients: int, seed: int = 0, block: int = 100_000
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield clients and holdings block by block; any block comes out alike, whatever the others."""
    for number, first in enumerate(range(0, clients, block)):
        rng = np.random.default_rng([seed, number])
        yield _block(first, min(block, clients - first), rng)


def _block(first: int, clients: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = np.array([f"C{number:08d}" for number in range(first, first + clients)], dtype=object)
    corporate = rng.random(clients) < 0.3
    columns: dict[str, object] = {"client_id": ids, "kind": np.where(corporate, KINDS[1], KINDS[0])}
    tastes = rng.normal(size=(clients, 4))
    for number in range(CODES):
        levels = np.array([f"L{number}{letter}" for letter in "abcdefgh"], dtype=object)
        chosen = np.clip(
            np.round(tastes[:, number % 4] * 1.5 + rng.normal(size=clients) + 3.5), 0, 7
        )
        values = levels[chosen.astype(int)]
        values[rng.random(clients) < 0.05] = None
        columns[f"code_{number:02d}"] = values
    for number in range(NUMBERS):
        values = np.exp(tastes[:, number % 4] + rng.normal(size=clients) + 8).round(2)
        values[rng.random(clients) < 0.1] = np.nan
        columns[f"figure_{number:02d}"] = values
    grades = np.array([None, "C1", "C2", "C3", "C4", "C5"], dtype=object)
    columns["risk_grade"] = grades[rng.integers(0, 6, clients)]
    days = np.array(
        [(TODAY + timedelta(day)).isoformat() for day in range(-200, 500)], dtype=object
    )
    columns["risk_expires_on"] = days[rng.integers(0, len(days), clients)]
    wish = rng.normal(size=(clients, PRODUCTS)) + tastes[:, np.arange(PRODUCTS) % 4]
    wish -= np.where((np.arange(PRODUCTS) % 2 == 1) == corporate[:, None], 0.0, 99.0)
    wish[np.arange(clients), corporate.astype(int)] += 3.0
    rows, held = np.nonzero(wish > 1.6)
    holdings = pd.DataFrame({"client_id": ids[rows], "product_id": [f"P{p:02d}" for p in held]})
    return pd.DataFrame(columns), holdings
