"""The monthly figures: complete, plausible, and following circumstances and holdings."""

import pandas as pd
import pytest

from data.sample.bank import SampleBank


@pytest.fixture(scope="module")
def latest(bank: SampleBank) -> pd.DataFrame:
    rows = bank.indicators[bank.indicators["month"] == "2026-10"]
    return rows.set_index("client_id").join(bank.clients.set_index("client_id")["kind"])


def test_every_client_has_every_month_once(bank: SampleBank) -> None:
    assert len(bank.indicators) == 1200 * 18
    assert not bank.indicators.duplicated(["client_id", "month"]).any()
    assert bank.indicators["month"].min() == "2025-05"
    assert bank.indicators["month"].max() == "2026-10"


def test_no_figure_is_negative_and_risk_never_exceeds_the_loan(bank: SampleBank) -> None:
    figures = bank.indicators.drop(columns=["client_id", "month"])
    assert (figures >= 0).all(axis=None)
    assert (figures["risk_loan_balance"] <= figures["loan_balance"]).all()
    assert (figures["risk_loan_balance"] > 0).any()


def test_a_client_has_no_figures_before_the_relationship_began(bank: SampleBank) -> None:
    opened = bank.clients.set_index("client_id")["opened_on"].dt.strftime("%Y-%m")
    early = bank.indicators[bank.indicators["month"] < bank.indicators["client_id"].map(opened)]
    assert len(early) > 0
    assert (early.drop(columns=["client_id", "month"]) == 0).all(axis=None)


def test_turnover_appears_with_the_product_only(bank: SampleBank, latest: pd.DataFrame) -> None:
    held = bank.holdings[bank.holdings["closed_on"].isna()]
    bonds = set(held.loc[held["product_id"] == "BOND_TREASURY", "client_id"])
    assert bonds
    assert set(latest.index[latest["bond_turnover"] > 0]) == bonds


def test_some_firms_settle_much_without_e_banking(bank: SampleBank, latest: pd.DataFrame) -> None:
    firms = latest[latest["kind"] == "corporate"]
    online = bank.holdings.loc[bank.holdings["product_id"] == "EBANK_C", "client_id"]
    large = firms[firms["remittance_turnover"] > firms["remittance_turnover"].quantile(0.8)]
    assert 5 < (~large.index.isin(online)).sum() < len(large)


def test_year_end_fills_the_accounts_of_firms_and_the_festival_drains_them(
    bank: SampleBank,
) -> None:
    firms = bank.indicators[bank.indicators["client_id"].isin(bank.corporate["client_id"])]
    total = firms.groupby("month")["deposit_balance"].median()
    assert total["2025-12"] > total["2025-11"]
    assert total["2026-02"] < total["2026-01"] < total["2025-12"]
