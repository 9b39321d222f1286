"""Corporate clients: trade, size, accounts and plans; the attributes banks gather outside."""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.sample.draws import Floats, Texts, band, fen, pick, pick_by
from data.sample.firms import industries
from data.sample.people import invent_names
from data.sample.tastes import taste

SIZE_SHIFT = {"catering": -0.7, "agriculture": -0.4, "energy": 0.9, "utilities": 0.9}
SIZE_SHIFT |= {"securities": 1.6, "real_estate": 0.7, "construction": 0.3}
DEBT = {"real_estate": 0.72, "construction": 0.66, "education": 0.3, "technology": 0.35}
COMPETITION = {"encouraged": {"low": 2, "medium": 4, "high": 3}}
COMPETITION |= {
    "neutral": {"low": 1, "medium": 4, "high": 4},
    "restricted": {"medium": 3, "high": 5},
}
EVENTS = {
    "small": {"none": 95, "split": 1, "acquisition": 2, "merger": 2},
    "medium": {"none": 86, "split": 2, "acquisition": 4, "merger": 3, "listing_plan": 5},
    "large": {"none": 70, "split": 4, "acquisition": 9, "merger": 5, "listing_plan": 12},
}
PROJECTS = ("plant", "warehouse", "office", "laboratory", "shops")
PLANS = ("equipment", "capacity", "overseas", "digital", "research")
BROKERS = 3
"""At least so many securities brokers, however small the sample."""


def draw_circumstances(rng: np.random.Generator, count: int, as_of: date) -> pd.DataFrame:
    """Draw trade, size and accounts; ``worth`` (log yuan) and bands stay inside the generator."""
    industry = pick(rng, {each.industry: each.share for each in industries() if each.share}, count)
    industry[:BROKERS] = "securities"
    size = rng.normal(size=count) + np.array([SIZE_SHIFT.get(each, 0.0) for each in industry])
    size_band = band(size, (0.2, 1.2), ("small", "medium", "large"))
    debt = np.clip(
        np.array([DEBT.get(each, 0.5) for each in industry]) + rng.normal(0, 0.16, count),
        0.05,
        0.96,
    )
    founded = _founded(rng, count, as_of)
    policy, trend = _outlook(rng, industry)
    return pd.DataFrame(
        {
            "industry": industry,
            "industry_policy": policy,
            "industry_trend": trend,
            "competition": pick_by(rng, policy, COMPETITION),
            "founded_on": founded,
            "size_band": size_band,
            "debt_band": band(debt, (0.36, 0.64), ("light", "normal", "heavy")),
            "corporate_event": pick_by(rng, size_band, EVENTS),
            **_accounts(rng, size, debt, trend),
            "market_rank": np.maximum(
                np.rint(np.exp(4.2 - 0.9 * size + rng.normal(0, 0.5, count))), 1
            ),
            "other_banks": rng.poisson(np.exp(0.2 + 0.35 * size)),
            "worth": size,
            "earliest": founded,
        }
    )


def draw_plans(rng: np.random.Generator, tastes: Floats) -> pd.DataFrame:
    """Let projects and plans show what the firm is inclined to, and name who owns and runs it."""
    count = len(tastes)
    growing = taste(tastes, "growth") + rng.normal(0, 0.8, count)
    shown = np.column_stack([tastes[:, [2, 4, 3, 0]], taste(tastes, "growth")])
    plans = np.array(PLANS, dtype=object)[
        (shown + rng.gumbel(scale=0.7, size=shown.shape)).argmax(1)
    ]
    projects = pick(rng, dict.fromkeys(PROJECTS, 1.0), count)
    people = invent_names(rng, 4 * count)
    shares = rng.integers(51, 95, count)
    return pd.DataFrame(
        {
            "shareholders": [
                f"{people[4 * row]} {share}%;{people[4 * row + 1]} {100 - share}%"
                for row, share in enumerate(shares)
            ],
            "executives": [f"{people[4 * row]};{people[4 * row + 2]}" for row in range(count)],
            "projects_under_construction": np.where(growing > 0.6, projects, "none"),
            "investment_plan": np.where(growing > 0.0, plans, "none"),
        }
    )


def _founded(rng: np.random.Generator, count: int, as_of: date) -> NDArray[np.datetime64]:
    days = np.rint(np.clip(rng.gamma(2.5, 4.5, count), 0.4, 45) * 365.25).astype("timedelta64[D]")
    return np.asarray((np.datetime64(as_of, "D") - days).astype("datetime64[s]"))


def _outlook(rng: np.random.Generator, industry: Texts) -> tuple[Texts, Texts]:
    """Policy and trend of the industry, which differ for three firms in ten (its own niche)."""
    usual = {each.industry: each for each in industries() if each.share}
    count = len(industry)
    own = rng.random((2, count)) < 0.3
    policies = pick(rng, {"encouraged": 2, "neutral": 4, "restricted": 1}, count)
    trends = pick(rng, {"growing": 2, "stable": 3, "shrinking": 2}, count)
    policy = np.array([usual[each].policy for each in industry], dtype=object)
    trend = np.array([usual[each].trend for each in industry], dtype=object)
    return np.where(own[0], policies, policy), np.where(own[1], trends, trend)


def _accounts(
    rng: np.random.Generator, size: Floats, debt: Floats, trend: Texts
) -> dict[str, np.ndarray]:
    revenue = np.exp(np.log(2.4e7) + 1.35 * size + rng.normal(0, 0.25, len(size)))
    assets = revenue * rng.lognormal(0.1, 0.4, len(size))
    shift = np.select([trend == "growing", trend == "shrinking"], [0.03, -0.04], 0.0)
    return {
        "registered_capital": fen(assets * rng.uniform(0.05, 0.3, len(size)), step=100_000) + 10**7,
        "annual_revenue": fen(revenue, step=100),
        "net_profit": fen(revenue * (0.05 + shift + rng.normal(0, 0.05, len(size))), step=100),
        "total_assets": fen(assets, step=100),
        "total_liabilities": fen(assets * debt, step=100),
    }
