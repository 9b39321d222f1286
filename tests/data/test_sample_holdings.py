"""The holdings: every rule of sale is obeyed, rare products exist, time can be split."""

import pandas as pd
import pytest

from data.sample.bank import SampleBank
from data.sample.products import load_products, product_rows


@pytest.fixture(scope="module")
def sold(bank: SampleBank) -> pd.DataFrame:
    clients = bank.clients.rename(columns={"opened_on": "client_since"})
    rows = bank.holdings.merge(clients, on="client_id", validate="many_to_one")
    return rows.merge(bank.products, on="product_id", validate="many_to_one")


def test_no_client_holds_a_product_of_the_other_kind(sold: pd.DataFrame) -> None:
    assert ((sold["client_kind"] == sold["kind"]) | (sold["client_kind"] == "both")).all()


def test_no_investment_product_is_riskier_than_the_client_bears(sold: pd.DataFrame) -> None:
    risky = sold[sold["risk_level"] != ""]
    assert len(risky) > 100
    assert (risky["risk_level"].str[1] <= risky["risk_grade"].str[1]).all()
    assert (risky["opened_on"] <= risky["risk_expires_on"]).all()


def test_required_products_were_opened_first_and_are_still_open(bank: SampleBank) -> None:
    since = bank.holdings.set_index(["client_id", "product_id"])
    checked = 0
    for product in load_products():
        holders = bank.holdings[bank.holdings["product_id"] == product.product_id]
        for needed in product.requires:
            keys = pd.MultiIndex.from_product([holders["client_id"], [needed]])
            required = since.loc[keys]
            assert required["closed_on"].isna().all()
            assert (required["opened_on"].to_numpy() <= holders["opened_on"].to_numpy()).all()
            checked += len(holders)
    assert checked > 500


def test_dates_stand_in_order_and_none_lies_after_the_day_of_the_data(sold: pd.DataFrame) -> None:
    assert (sold["client_since"] <= sold["opened_on"]).all()
    assert (sold["opened_on"] <= "2026-10-31").all()
    closed = sold.dropna(subset="closed_on")
    assert 0 < len(closed) < 0.1 * len(sold)
    assert (closed["opened_on"] < closed["closed_on"]).all()
    assert (closed["closed_on"] <= "2026-10-31").all()


def test_clients_hold_four_to_five_products_and_a_few_none(bank: SampleBank) -> None:
    held = bank.holdings[bank.holdings["closed_on"].isna()].groupby("client_id").size()
    assert 4 <= held.sum() / len(bank.clients) <= 5
    assert 0 < len(bank.clients) - len(held) < 0.05 * len(bank.clients)


def test_every_product_is_held_and_some_only_rarely(bank: SampleBank) -> None:
    holders = bank.holdings.groupby("product_id").size() / len(bank.clients)
    assert set(holders.index) == set(bank.products["product_id"])
    assert (holders < 0.03).sum() >= 3


def test_the_last_half_year_leaves_something_to_foresee(bank: SampleBank) -> None:
    assert 0.05 < (bank.holdings["opened_on"] >= "2026-05-01").mean() < 0.3


def test_no_two_products_of_one_client_kind_share_a_name() -> None:
    for kind in ("corporate", "personal"):
        rows = [row for row in product_rows() if row["client_kind"] in {kind, "both"}]
        spoken = [
            name.casefold()
            for row in rows
            for name in (row["name_zh"], row["name_en"], *row["aliases"].split(";"))
        ]
        assert len(spoken) == len(set(spoken))


def test_every_product_has_nicknames_in_both_languages() -> None:
    for row in product_rows():
        latin = [alias for alias in row["aliases"].split(";") if alias.isascii()]
        assert 2 <= len(latin) <= len(row["aliases"].split(";")) - 2, row["product_id"]
