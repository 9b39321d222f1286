"""Hidden tastes: what a client is inclined to, given his circumstances.

Each client has a taste for seven things: ``digital`` ways, ``safety``, ``growth``,
``international`` business, ``borrowing``, ``convenience`` of regular payments, and the
``capital`` market. A taste is the sum of the leanings of his circumstances (``leanings.csv``:
kind, attribute, value and the seven numbers) and of a personal part nobody sees, scaled to unit
variance within his kind. No file the generator writes holds a taste: attributes and holdings
only let it be guessed.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from data.sample.draws import Floats

LEANINGS = Path(__file__).with_name("leanings.csv")
TASTES = ("digital", "safety", "growth", "international", "borrowing", "convenience", "capital")
PERSONAL_PART = 0.75


def draw_tastes(rng: np.random.Generator, kind: str, circumstances: pd.DataFrame) -> Floats:
    """Draw the tastes of clients of one kind.

    Parameters
    ----------
    circumstances
        One row a client, with every attribute ``leanings.csv`` names for this kind.

    Returns
    -------
    Clients x seven tastes, unit variance a column.
    """
    leanings = pd.read_csv(LEANINGS, encoding="utf-8")
    leanings = leanings[leanings["kind"] == kind]
    tastes = rng.normal(scale=PERSONAL_PART, size=(len(circumstances), len(TASTES)))
    for attribute, rows in leanings.groupby("attribute", sort=True):
        by_value = rows.set_index("value")[list(TASTES)]
        leaning = by_value.reindex(circumstances[str(attribute)]).fillna(0.0)
        tastes += leaning.to_numpy(dtype=np.float64)
    centred = tastes - tastes.mean(axis=0)
    return np.asarray(centred / centred.std(axis=0), dtype=np.float64)


def taste(tastes: Floats, name: str) -> Floats:
    """One column of the tastes by its name."""
    return np.asarray(tastes[:, TASTES.index(name)], dtype=np.float64)
