"""A small invented bank whose clients' tastes are hidden in their attributes and holdings."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender.cases import ProductFacts
from recommender.dataset import Dataset
from recommender.fitting import fit
from recommender.peers import find_peers
from recommender.readiness import find_readiness
from recommender.settings import Settings
from recommender.trained import ModelCard, TrainedModel

CLIENTS = 1200
PERSONAL = ("deposit", "card", "fund", "gold", "mortgage", "insurance")
CORPORATE = ("account", "payroll", "loan", "guarantee", "cash_pool")
NEW = "pension"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUICK = Settings(members=2, epochs=8)


def invented_bank(seed: int, clients: int = CLIENTS) -> Dataset:
    rng = np.random.default_rng(seed)
    kind = np.where(rng.random(clients) < 0.67, "personal", "corporate")
    age = rng.integers(20, 80, clients).astype(float)
    age[rng.random(clients) < 0.05] = np.nan
    trade = rng.choice(["retail", "farming", "building", "care"], clients)
    income = np.round(rng.lognormal(9, 0.7, clients), 2)
    pairs = []
    for row in range(clients):
        own = PERSONAL if kind[row] == "personal" else CORPORATE
        wish = np.linspace(1.0, -1.5, len(own))
        wish[2] += 2.5 if income[row] > 9000 else -1.5
        wish[3] += 2.5 if trade[row] in ("retail", "care") else -2.0
        taken = rng.random(len(own)) < 1 / (1 + np.exp(-wish))
        taken[4] = taken[2] and rng.random() < 0.8
        taken[0] |= not taken.any()
        pairs += [(f"k{row}", own[number]) for number in np.flatnonzero(taken)]
    table = pd.DataFrame(
        {
            "client_id": [f"k{row}" for row in range(clients)],
            "kind": kind,
            "age": age,
            "trade": trade,
            "income": income,
        }
    )
    products = pd.DataFrame(
        {
            "product_id": [*PERSONAL, *CORPORATE, NEW],
            "client_kind": ["personal"] * 6 + ["corporate"] * 5 + ["personal"],
        }
    )
    return Dataset.of(table, pd.DataFrame(pairs, columns=["client_id", "product_id"]), products)


@pytest.fixture(scope="session")
def bank() -> Dataset:
    return invented_bank(seed=5)


@pytest.fixture(scope="session")
def small_bank() -> Dataset:
    return invented_bank(seed=8, clients=300)


@pytest.fixture(scope="session")
def quick() -> Settings:
    return QUICK


@pytest.fixture(scope="session")
def trained(bank: Dataset) -> TrainedModel:
    model = fit(bank, 3, QUICK)
    card = ModelCard("v1", NOW, 3, QUICK, "0" * 64, CLIENTS, len(bank.holdings), ())
    return TrainedModel(
        model, find_peers(bank, model, 3, QUICK.most_peers), find_readiness(bank), card
    )


@pytest.fixture(scope="session")
def catalogue() -> dict[str, ProductFacts]:
    facts = [ProductFacts(name, "personal") for name in ("deposit", "card", "mortgage", NEW)]
    facts += [ProductFacts(name, "corporate") for name in CORPORATE]
    facts += [
        ProductFacts("fund", "personal", "R3"),
        ProductFacts("gold", "personal", "R4", ("deposit",)),
        ProductFacts("insurance", "personal", "R2"),
        ProductFacts("brand_new"),
    ]
    return {fact.product_id: fact for fact in facts}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a warning of a library be a warning in here.

    Stages are trained on two threads, and what silences a library's warnings in one of them
    (`warnings.catch_warnings`) is undone for both on Python 3.12: as an error it would come and go.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("default"))
