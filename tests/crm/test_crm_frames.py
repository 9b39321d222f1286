"""The training frames hold what was known on the day, in yuan, and nobody's name."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from crm.store.frames import client_frame, holding_frame, product_frame
from crm.store.tables.indicators import Indicators

AS_OF = date(2026, 6, 30)


@pytest.fixture
def session(bank):
    with bank.read() as opened:
        yield opened


def test_clients_are_rows_with_codes_years_and_yuan(session):
    """Profiles of both kinds stand side by side; what is unknown is missing."""
    frame = client_frame(session, AS_OF)
    assert list(frame.index) == ["C000001", "C000002", "C000003"]
    company, person = frame.loc["C000001"], frame.loc["C000002"]
    assert (company["kind"], company["industry"], company["risk_grade"]) == (
        "corporate",
        "import_export",
        "C3",
    )
    assert company["annual_revenue"] == 1_234_567.89
    assert company["net_profit"] == -1000.5
    assert company["relationship_years"] == pytest.approx(6, abs=0.01)
    assert company["company_years"] == pytest.approx(16, abs=0.01)
    assert (person["age"], person["occupation"]) == (36, "teacher")
    assert pd.isna(company["total_assets"])
    assert pd.isna(company["occupation"])
    assert pd.isna(person["industry"])
    assert frame.loc["C000003", "relationship_years"] == 0


def test_no_name_and_no_free_text_reaches_a_model(session):
    """Neither column names nor values identify anybody."""
    frame = client_frame(session, AS_OF)
    forbidden = {"name", "name_en", "shareholders", "executives", "manager_id", "branch_id"}
    assert not forbidden & set(frame.columns)
    values = " ".join(str(value) for value in frame.to_numpy().ravel())
    assert not [name for name in ("望川", "陈己", "吴辛", "Lin Geng") if name in values]


def test_nothing_after_the_day_is_known(session):
    """Clients opened later are absent, and a month still running is not read."""
    frame = client_frame(session, date(2026, 5, 30))
    assert list(frame.index) == ["C000001", "C000002"]
    assert frame.loc["C000001", "deposit_balance"] == 100.0
    assert client_frame(session, date(2026, 5, 31)).loc["C000001", "deposit_balance"] == 250.5


def test_some_clients_can_be_asked_for_alone(session):
    """The rows are those of the whole frame."""
    whole = client_frame(session, AS_OF)
    alone = client_frame(session, AS_OF, ["C000002"])
    pd.testing.assert_frame_equal(alone, whole.loc[["C000002"]])
    assert list(holding_frame(session, AS_OF, ["C000002"])["product_id"]) == ["FUND"]


def test_trends_are_three_months_over_twelve(bank):
    """Plain sums are the oracle; an average of nothing has no trend."""
    rng = np.random.default_rng(7)
    balances = [int(value) for value in rng.integers(0, 10**9, size=15)]
    months = [month.date() for month in pd.date_range("2025-01-01", periods=15, freq="MS")]
    with bank.begin() as session:
        session.add_all(
            Indicators(client_id="C000001", month=month, deposit_balance=fen, loan_balance=0)
            for month, fen in zip(months, balances, strict=True)
        )
    with bank.read() as session:
        row = client_frame(session, date(2026, 3, 31)).loc["C000001"]
    expected = (sum(balances[-3:]) / 3) / (sum(balances[-12:]) / 12)
    assert row["deposit_balance_trend"] == pytest.approx(expected)
    assert pd.isna(row["loan_balance_trend"])
    assert row["loan_balance"] == 0


def test_figures_that_stop_have_a_last_month_but_no_trend(bank):
    """Half a year of silence is not taken for a steady figure."""
    with bank.begin() as session:
        session.add(Indicators(client_id="C000003", month=date(2025, 12, 1), deposit_balance=1_200))
    with bank.read() as session:
        row = client_frame(session, AS_OF).loc["C000003"]
    assert row["deposit_balance"] == 12
    assert pd.isna(row["deposit_balance_trend"])


def test_holdings_are_those_open_on_the_day(session):
    """A holding closed that day is no longer among them."""
    frame = holding_frame(session, AS_OF)
    assert list(frame.itertuples(index=False, name=None)) == [
        ("C000001", "DEPOSIT_C", pd.Timestamp("2020-06-30")),
        ("C000002", "FUND", pd.Timestamp("2026-06-30")),
    ]


def test_products_are_rows_with_their_channels(session):
    """Channels are tuples of codes, an absent risk level is missing."""
    frame = product_frame(session)
    assert list(frame.columns) == ["category", "risk_level", "client_kind", "channels"]
    assert frame.loc["EBANK_C", "channels"] == ("counter", "online")
    assert frame.loc["FUND", "risk_level"] == "R3"
    assert pd.isna(frame.loc["DEPOSIT_C", "risk_level"])


def test_an_empty_store_gives_empty_frames_with_all_columns(store):
    """Nothing to learn from is not an error here."""
    with store.read() as session:
        assert client_frame(session, AS_OF).shape == (0, 61)
        assert holding_frame(session, AS_OF).empty
        assert product_frame(session).empty
