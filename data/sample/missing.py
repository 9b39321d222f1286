"""What the bank does not know: information from outside is often missing."""

import numpy as np
import pandas as pd

SHARES = {
    "industry_policy": 0.08,
    "industry_trend": 0.12,
    "competition": 0.20,
    "registered_capital": 0.05,
    "shareholders": 0.10,
    "executives": 0.08,
    "annual_revenue": 0.12,
    "net_profit": 0.15,
    "total_assets": 0.12,
    "total_liabilities": 0.14,
    "market_rank": 0.35,
    "projects_under_construction": 0.25,
    "investment_plan": 0.30,
    "corporate_event": 0.18,
    "other_banks": 0.28,
    "occupation": 0.06,
    "personal_income": 0.14,
    "household_income": 0.22,
    "household_structure": 0.18,
    "household_assets": 0.30,
    "main_consumption": 0.24,
    "consumption_preference": 0.28,
    "investment_preference": 0.20,
}


def forget(rng: np.random.Generator, profiles: pd.DataFrame) -> pd.DataFrame:
    """Blank each attribute for its share of the rows, independently."""
    known = profiles.copy()
    for column in profiles.columns.intersection(list(SHARES)):
        lost = rng.random(len(profiles)) < SHARES[column]
        known[column] = known[column].astype(object).mask(lost, None)
    return known
