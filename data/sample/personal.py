"""Personal clients: circumstances first, then the preferences their tastes let be seen."""

from datetime import date

import numpy as np
import pandas as pd

from data.sample.draws import Floats, Texts, band, fen, pick, pick_by, read_out
from data.sample.tastes import taste

OCCUPATIONS = {
    "employee": (0.24, 95_000),
    "civil_servant": (0.09, 110_000),
    "teacher": (0.08, 105_000),
    "medical": (0.06, 130_000),
    "technology": (0.09, 210_000),
    "finance": (0.05, 230_000),
    "business_owner": (0.09, 320_000),
    "trader": (0.05, 240_000),
    "worker": (0.12, 68_000),
    "farmer": (0.05, 42_000),
    "freelancer": (0.08, 90_000),
    "retired": (0.0, 58_000),
    "student": (0.0, 12_000),
}
HOUSEHOLDS = {
    "young": {"single": 6, "couple": 3, "couple_with_children": 1},
    "family": {"single": 1, "couple": 2, "couple_with_children": 6, "three_generations": 2},
    "middle": {"single": 1, "couple_with_children": 5, "three_generations": 2, "empty_nest": 3},
    "senior": {"single": 1, "three_generations": 3, "empty_nest": 6},
}
SPENDING = {
    "single": {"housing": 3, "leisure": 3, "daily": 2, "travel": 2},
    "couple": {"housing": 4, "car": 2, "travel": 2, "daily": 2},
    "couple_with_children": {"education": 5, "housing": 3, "daily": 2, "car": 1},
    "three_generations": {"daily": 4, "education": 3, "medical": 3},
    "empty_nest": {"medical": 4, "daily": 4, "travel": 2},
}
AGE_BANDS = ("young", "family", "middle", "senior")


def draw_circumstances(rng: np.random.Generator, count: int, as_of: date) -> pd.DataFrame:
    """Draw age, work, household and income; ``worth`` (log yuan) stays inside the generator."""
    age = np.clip(rng.normal(44, 15, count), 19, 84).astype(int)
    age_band = band(age.astype(np.float64), (30, 45, 60), AGE_BANDS)
    occupation = _occupations(rng, age)
    structure = pick_by(rng, age_band, HOUSEHOLDS)
    median = np.array([OCCUPATIONS[each][1] for each in occupation], dtype=np.float64)
    income = median * rng.lognormal(0, 0.45, count) * (0.75 + 0.3 * np.clip((age - 22) / 25, 0, 1))
    partner = np.where(structure == "single", 0.0, rng.uniform(0.1, 1.2, count))
    household = income * (1 + partner)
    worth = np.log(household) + 0.02 * (age - 40) + rng.normal(0, 0.6, count)
    return pd.DataFrame(
        {
            "birth_year": as_of.year - age,
            "age_band": age_band,
            "occupation": occupation,
            "personal_income": fen(income, step=1000),
            "household_income": fen(household, step=1000),
            "income_band": band(household, (110_000, 300_000), ("low", "middle", "high")),
            "household_structure": structure,
            "main_consumption": pick_by(rng, structure, SPENDING),
            "worth": worth,
            "earliest": pd.to_datetime(pd.Series(as_of.year - age + 18).astype(str) + "-07-01"),
        }
    )


def draw_preferences(
    rng: np.random.Generator, circumstances: pd.DataFrame, tastes: Floats
) -> pd.DataFrame:
    """Let a client's answers show his tastes, each through noise of its own."""
    digital, safety, growth, international, borrowing, convenience, capital = tastes.T
    consumption = {
        "online": digital,
        "thrift": safety,
        "luxury": growth,
        "overseas": international,
        "instalment": borrowing,
        "neighbourhood": convenience - digital,
    }
    investment = {
        "deposits": safety - 0.5 * growth,
        "treasury_bonds": 0.8 * safety,
        "insurance": 0.5 * safety + 0.4 * convenience,
        "funds": growth,
        "stocks": capital,
        "property": borrowing,
        "none": -growth - capital,
    }
    owner = (circumstances["occupation"] == "business_owner").to_numpy()
    assets = {
        "property": 0.5 + borrowing,
        "deposits": 0.4 + safety,
        "securities": taste(tastes, "capital"),
        "business": 3.0 * owner - 1.5,
        "mixed": growth,
    }
    return pd.DataFrame(
        {
            "household_assets": _show(rng, assets),
            "consumption_preference": _show(rng, consumption),
            "investment_preference": _show(rng, investment),
        }
    )


def _occupations(rng: np.random.Generator, age: np.ndarray) -> Texts:
    drawn = pick(rng, {name: share for name, (share, _) in OCCUPATIONS.items()}, len(age))
    drawn[(age >= 60) & (rng.random(len(age)) < 0.85)] = "retired"
    drawn[(age <= 23) & (rng.random(len(age)) < 0.5)] = "student"
    return drawn


def _show(rng: np.random.Generator, options: dict[str, Floats]) -> Texts:
    return read_out(rng, np.column_stack(list(options.values())), list(options), noise=0.6)
