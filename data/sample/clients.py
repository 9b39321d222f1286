"""Who is a client of whom: kinds, managers, branches, opening dates, grades, risk grades."""

from datetime import date

import numpy as np
import pandas as pd

from data.sample.draws import Floats, Texts, band
from data.sample.organisation import DISTRICTS
from data.sample.settings import SampleSettings
from data.sample.tastes import taste

GRADES = ("standard", "gold", "platinum", "private")
GRADE_CUTS = (0.62, 0.88, 0.97)
RISK_GRADES = ("C1", "C2", "C3", "C4", "C5")
RISK_CUTS = (0.10, 0.36, 0.70, 0.92)
QUESTIONNAIRE_SHARE = {"personal": 0.86, "corporate": 0.42}
EXPIRED_SHARE = 0.12


def build_roster(
    rng: np.random.Generator, settings: SampleSettings, employees: pd.DataFrame
) -> pd.DataFrame:
    """Deal clients to managers in turn, every third round corporate, numbers shuffled.

    Returns
    -------
    client_id, kind, branch_id, manager_id and region, ordered by client_id.
    """
    managers = employees[employees["role"] == "manager"]
    deal = rng.permutation(settings.clients)
    chosen = managers.iloc[deal % len(managers)]
    branches = chosen["branch_id"].to_numpy(dtype=object)
    districts = [DISTRICTS[str(branch)] for branch in branches]
    return pd.DataFrame(
        {
            "client_id": [f"C{number:06d}" for number in range(1, settings.clients + 1)],
            "kind": np.where(deal // len(managers) % 3 == 0, "corporate", "personal"),
            "branch_id": branches,
            "manager_id": chosen["employee_id"].to_numpy(dtype=object),
            "region": [names[int(rng.integers(len(names)))] for names in districts],
        }
    )


def draw_opening(
    rng: np.random.Generator, earliest: pd.Series, as_of: date
) -> "pd.Series[pd.Timestamp]":
    """Draw when each relationship began: mostly years ago, after ``earliest``, some this year."""
    years = rng.gamma(shape=2.2, scale=3.0, size=len(earliest))
    days = np.maximum(np.rint(years * 365.25), 45).astype("timedelta64[D]")
    today = np.datetime64(as_of, "D")
    drawn = np.maximum(today - days, earliest.to_numpy().astype("datetime64[D]"))
    latest = today - np.timedelta64(45, "D")
    return pd.Series(np.minimum(drawn, latest).astype("datetime64[s]"), index=earliest.index)


def grade(rng: np.random.Generator, worth: Floats) -> Texts:
    """Grade clients of one kind by their worth to the bank, seen with some noise."""
    seen = worth + rng.normal(scale=0.35 * worth.std(), size=len(worth))
    return band(_share_below(seen), GRADE_CUTS, GRADES)


def questionnaire(rng: np.random.Generator, kind: str, tastes: Floats, as_of: date) -> pd.DataFrame:
    """Draw the risk questionnaires: grade from the tastes, and the day the answer runs out.

    Returns
    -------
    risk_grade (C1 to C5 or missing) and risk_expires_on (missing with the grade).
    """
    bold = taste(tastes, "growth") - 0.7 * taste(tastes, "safety") + 0.4 * taste(tastes, "capital")
    seen = bold + rng.normal(scale=0.5, size=len(bold))
    answered = rng.random(len(bold)) < QUESTIONNAIRE_SHARE[kind]
    expired = rng.random(len(bold)) < EXPIRED_SHARE
    days = np.where(expired, -rng.integers(1, 500, len(bold)), rng.integers(5, 365, len(bold)))
    expires = pd.Series(np.datetime64(as_of, "D") + days.astype("timedelta64[D]"))
    grades = pd.Series(band(_share_below(seen), RISK_CUTS, RISK_GRADES), dtype=object)
    return pd.DataFrame(
        {
            "risk_grade": grades.where(answered),
            "risk_expires_on": expires.astype("datetime64[s]").where(answered),
        }
    )


def _share_below(values: Floats) -> Floats:
    return np.asarray(values.argsort().argsort() / len(values), dtype=np.float64)
