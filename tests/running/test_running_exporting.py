"""What the store hands to an evaluation by time: known on the eve, dated, without names."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from assistant.running.exporting import export_for_evaluation
from crm.imports.run import import_directory
from crm.store import migrate
from crm.store.engine import create_store
from data.sample.bank import build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank
from recommender.tables import read_later_openings

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SINCE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    write_bank(build_bank(SampleSettings(seed=23, clients=200, months=12)), root / "in")
    url = f"sqlite:///{root / 'bank.db'}"
    migrate.upgrade(url)
    store = create_store(url)
    import_directory(store, root / "in", NOW)
    export_for_evaluation(store, root / "out", SINCE)
    store.close()
    return root


def test_clients_are_those_known_on_the_eve_without_a_name(folder: Path) -> None:
    clients = pd.read_csv(folder / "out" / "clients.csv")
    records = pd.read_csv(folder / "in" / "clients.csv")
    known = records[records["opened_on"] < SINCE.isoformat()]
    assert sorted(clients["client_id"]) == sorted(known["client_id"])
    written = (folder / "out" / "clients.csv").read_text(encoding="utf-8")
    assert not [name for name in records["name"] if name in written]


def test_holdings_are_whole_and_dated(folder: Path) -> None:
    """Also those that have ended; as many rows as the bank had of these clients."""
    holdings = pd.read_csv(folder / "out" / "holdings.csv")
    records = pd.read_csv(folder / "in" / "holdings.csv")
    clients = pd.read_csv(folder / "out" / "clients.csv")["client_id"]
    assert len(holdings) == records["client_id"].isin(clients).sum()
    assert holdings["closed_on"].notna().sum() > 0
    assert holdings["opened_on"].notna().all()


def test_the_recommender_reads_it_and_hides_what_opened_later(folder: Path) -> None:
    found = read_later_openings(folder / "out", SINCE)
    assert len(found.hidden) > 10
    assert (found.visible.holdings["opened_on"] < SINCE.isoformat()).all()
