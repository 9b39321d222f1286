"""The invented bank of the recommender's tests as a folder of files, its model in a registry."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender.cases import ClientCase, ProductFacts, Quiet
from recommender.dataset import Dataset
from recommender.registry import Registry, seal
from recommender.scoring.blocks import Offer
from recommender.scoring.run import Request
from recommender.storage import save
from recommender.trained import TrainedModel
from tests.support.scoring import CLIENTS, TODAY

QUIET = {f"k{number}": day for number, day in enumerate(["2026-11-19", "2026-11-20"] * 20)}
WITHHELD = tuple(f"k{number}" for number in range(40, 80))


@pytest.fixture(scope="session")
def clients_table(bank: Dataset) -> pd.DataFrame:
    """Clients with what the gate compares: grades of every sort, expiries around the day."""
    rng = np.random.default_rng(11)
    table = bank.clients.iloc[:CLIENTS].reset_index()
    grades = np.array([None, "C1", "C2", "C3", "C4", "C5", "C9"], dtype=object)
    days = np.array([None, "2026-11-19", "2026-11-20", "2027-03-01"], dtype=object)
    table["risk_grade"] = grades[rng.integers(0, len(grades), len(table))]
    table["risk_expires_on"] = days[rng.integers(0, len(days), len(table))]
    table["do_not_contact"] = np.where(rng.random(len(table)) < 0.05, "true", "false")
    return table


@pytest.fixture(scope="session")
def facts(catalogue: dict[str, ProductFacts]) -> tuple[ProductFacts, ...]:
    return tuple(catalogue.values())


@pytest.fixture(scope="session")
def folder(
    bank: Dataset,
    clients_table: pd.DataFrame,
    facts: tuple[ProductFacts, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """clients.csv, holdings.csv, products.csv, quiet.csv and withheld.csv."""
    out = tmp_path_factory.mktemp("tables")
    clients_table.to_csv(out / "clients.csv", index=False)
    own = bank.holdings["client_id"].isin(clients_table["client_id"])
    bank.holdings[own].to_csv(out / "holdings.csv", index=False)
    products = pd.DataFrame(
        {
            "product_id": fact.product_id,
            "client_kind": fact.client_kind or "both",
            "risk_level": fact.risk_level,
            "requires": ";".join(fact.requires),
        }
        for fact in facts
    )
    products.to_csv(out / "products.csv", index=False)
    quiet = pd.DataFrame({"client_id": list(QUIET), "product_id": "card", "until": QUIET.values()})
    quiet.to_csv(out / "quiet.csv", index=False)
    withheld = pd.DataFrame({"client_id": WITHHELD, "product_id": "card"})
    withheld.to_csv(out / "withheld.csv", index=False)
    return out


@pytest.fixture(scope="session")
def model_folder(trained: TrainedModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    version = save(trained, models)
    seal(version)
    Registry(models).use(version.name, "test", "the only one", datetime(2026, 11, 20, tzinfo=UTC))
    return version


@pytest.fixture
def request_of(
    folder: Path, model_folder: Path, facts: tuple[ProductFacts, ...], tmp_path: Path
) -> Request:
    return Request(folder, model_folder, tmp_path / "out", Offer(facts, TODAY), block=50)


@pytest.fixture(scope="session")
def cases(bank: Dataset, clients_table: pd.DataFrame) -> list[ClientCase]:
    """The same clients one by one, as the assistant asks about them."""
    held = bank.holdings.groupby("client_id")["product_id"].apply(tuple)
    found = []
    for row in clients_table.to_dict("records"):
        name = row["client_id"]
        grade, expires = (
            None if pd.isna(row[column]) else row[column]
            for column in ("risk_grade", "risk_expires_on")
        )
        found.append(
            ClientCase(
                client_id=name,
                attributes={key: row[key] for key in ("kind", "age", "trade", "income")},
                held=held.get(name, ()),
                kind=row["kind"],
                risk_grade=grade,
                risk_expires_on=None if expires is None else date.fromisoformat(expires),
                do_not_contact=row["do_not_contact"] == "true",
                quiet=(
                    {"card": Quiet(date.fromisoformat(QUIET[name]), "later")}
                    if name in QUIET
                    else {}
                ),
                withheld=frozenset({"card"} if name in WITHHELD else ()),
            )
        )
    return found
