"""Plays offer what the trade's rules say, alike for one client and a whole data set."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender.cases import ClientCase
from recommender.dataset import Dataset
from recommender.errors import RulesRefused
from recommender.plays import PLAYS_FILE, agreeing, fits, load_plays, scores

PLAYS = load_plays()
BROKER = ("BROKER_CLEARING", "IB_ADVISORY", "ASSET_MGMT", "FUND_AGENCY")


def person(deposits: object, held: tuple[str, ...] = ()) -> ClientCase:
    return ClientCase("k", {"deposit_average": deposits}, held, "personal")


def test_large_savings_are_offered_bonds_insurance_and_funds() -> None:
    assert set(agreeing(PLAYS, person(100_000.0))) == {"BOND_TREASURY", "INSURANCE_P", "FUND_OPEN"}
    assert set(agreeing(PLAYS, person(2e6, ("FUND_OPEN",)))) == {"BOND_TREASURY", "INSURANCE_P"}


@pytest.mark.parametrize("deposits", [99_999.99, None, float("nan"), "much"])
def test_small_or_unknown_savings_are_offered_nothing(deposits: object) -> None:
    assert agreeing(PLAYS, person(deposits)) == {}


def test_large_settlement_is_offered_ebanking_then_cash_management() -> None:
    case = ClientCase("k", {"remittance_turnover": 600_000.0}, (), "corporate")
    assert set(agreeing(PLAYS, case)) == {"EBANK_C"}
    banking = ClientCase("k", {"remittance_turnover": 6e5}, ("EBANK_C",), "corporate")
    assert set(agreeing(PLAYS, banking)) == {"CASH_MGMT"}


def test_brokers_are_deepened_step_by_step() -> None:
    """Each step is offered once the one before is held, and nothing after the last."""
    held: tuple[str, ...] = ("SECURITIES_COOP",)
    for step in BROKER:
        assert list(agreeing(PLAYS, ClientCase("k", {}, held, "corporate"))) == [step]
        held = (*held, step)
    assert agreeing(PLAYS, ClientCase("k", {}, held, "corporate")) == {}


def test_scores_of_a_data_set_rank_what_plays_offer_before_popularity() -> None:
    """Client by client the offers are those of `agreeing`; the rest follows the crowd."""
    rng = np.random.default_rng(7)
    ids = [f"k{row}" for row in range(200)]
    names = ["BOND_TREASURY", "INSURANCE_P", "FUND_OPEN", "EBANK_C", "CASH_MGMT", "SECURITIES_COOP"]
    names += BROKER
    clients = pd.DataFrame(
        {
            "client_id": ids,
            "kind": rng.choice(["personal", "corporate"], 200),
            "deposit_average": rng.choice([50.0, 150_000.0, 3e6, np.nan], 200),
            "remittance_turnover": rng.choice([0.0, 7e5], 200),
        }
    )
    pairs = [(c, p) for c in ids for p in names if rng.random() < 0.3]
    pairs.append(("k0", "FUND_OPEN"))
    holdings = pd.DataFrame(pairs, columns=["client_id", "product_id"])
    dataset = Dataset.of(clients, holdings, pd.DataFrame({"product_id": names}))
    found = scores(PLAYS, dataset)
    assert found.shape == (200, len(names))
    held = holdings.groupby("client_id")["product_id"].agg(tuple)
    for row, client in enumerate(ids):
        record = clients.iloc[row]
        figures = record[["deposit_average", "remittance_turnover"]].to_dict()
        case = ClientCase(client, figures, held.get(client, ()), record["kind"])
        offered = {dataset.product_ids.ids[column] for column in np.flatnonzero(found[row] >= 1)}
        everywhere = {name for name in names if (holdings["product_id"] == name).sum() >= 200}
        assert offered - everywhere == set(agreeing(PLAYS, case)) - everywhere


def test_a_data_set_without_these_products_and_attributes_is_scored_by_popularity() -> None:
    clients = pd.DataFrame({"client_id": ["a", "b"]})
    holdings = pd.DataFrame({"client_id": ["a", "b", "b"], "product_id": ["x", "x", "y"]})
    assert scores(PLAYS, Dataset.of(clients, holdings)).tolist() == [[1.0, 0.5], [1.0, 0.5]]


@pytest.mark.parametrize(
    ("kind", "product", "fitting"),
    [("deposit_average", "FUND_OPEN", True), ("age", "FUND_OPEN", False), ("age", "x", False)],
)
def test_plays_are_measured_only_where_data_have_what_one_goes_by(
    kind: str, product: str, *, fitting: bool
) -> None:
    clients = pd.DataFrame({"client_id": ["a", "b"], "kind": "personal", kind: [1.0, 2.0]})
    holdings = pd.DataFrame({"client_id": ["a", "b"], "product_id": [product, "y"]})
    assert fits(PLAYS, Dataset.of(clients, holdings)) is fitting


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("offers: [EBANK_C, CASH_MGMT]", "offer: [EBANK_C]"), "is missing"),
        (("steps: yes", "steps: perhaps"), "cannot be read"),
        (("at_least: 500000", "at_least: much"), "cannot be read"),
        (("code: deposits_to_ebanking", "code: settlement_to_ebanking"), "two plays"),
        (("    holds: [SECURITIES_COOP]\n", ""), "whom the play is for"),
    ],
)
def test_a_broken_play_is_told_with_its_line(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    path = tmp_path / "plays.yml"
    text = PLAYS_FILE.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(RulesRefused, match=told) as refused:
        load_plays(path)
    assert all(fault.line > 0 for fault in refused.value.faults)
