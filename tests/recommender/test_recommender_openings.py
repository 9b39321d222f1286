from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from recommender.__main__ import app
from recommender.dataset import Dataset
from recommender.errors import DataError
from recommender.openings import before_opening, is_dated, later_openings

PRODUCTS = [f"p{number}" for number in range(5)]
EARLY = date(2020, 1, 1)
OPENINGS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=25
)


def dated(rows: list[tuple[int, int, int]]) -> Dataset:
    once = {(client, product): day for client, product, day in rows}
    holdings = pd.DataFrame(
        [
            (f"k{client}", PRODUCTS[product], (EARLY + timedelta(days=day)).isoformat())
            for (client, product), day in once.items()
        ],
        columns=["client_id", "product_id", "opened_on"],
    )
    clients = pd.DataFrame({"client_id": [f"k{number}" for number in range(4)], "x": range(4)})
    return Dataset.of(clients, holdings, pd.DataFrame({"product_id": PRODUCTS}))


def contexts_of(dataset: Dataset) -> set[tuple[int, int, frozenset[int]]]:
    rows = before_opening(dataset)
    return {
        (int(c), int(t), frozenset(rows.others[number].indices.tolist()))
        for number, (c, t) in enumerate(zip(rows.clients, rows.targets, strict=True))
    }


@given(OPENINGS)
def test_a_context_is_what_was_held_before_the_day(rows: list[tuple[int, int, int]]) -> None:
    """A plain loop over holdings finds the same; what opened the same day is left out together."""
    once = {(client, product): day for client, product, day in rows}
    expected = {
        (client, product, frozenset(p for (c, p), d in once.items() if c == client and d < day))
        for (client, product), day in once.items()
    }
    assert contexts_of(dated(rows)) == expected


@given(OPENINGS, st.integers(0, 4))
def test_a_later_opening_explains_nothing_earlier(
    rows: list[tuple[int, int, int]], product: int
) -> None:
    """Another product opened after all others changes no context of those before."""
    rows = [row for row in rows if row[:2] != (0, product)]
    more = [*rows, (0, product, 9)]
    if rows:
        assert contexts_of(dated(rows)) <= contexts_of(dated(more))


def test_later_openings_are_hidden_and_the_rest_is_seen() -> None:
    """By hand: ended, reopened, and clients unknown on the eve."""
    holdings = pd.DataFrame(
        [
            ("a", "p0", "2020-01-01", None),
            ("a", "p1", "2020-02-01", "2020-03-01"),
            ("a", "p2", "2020-06-01", None),
            ("a", "p1", "2020-07-01", None),
            ("b", "p0", "2020-06-05", None),
            ("c", "p3", "2020-01-01", "2020-08-01"),
            ("c", "p3", "2020-09-01", None),
        ],
        columns=["client_id", "product_id", "opened_on", "closed_on"],
    )
    whole = Dataset.of(pd.DataFrame({"client_id": ["a", "b", "c"]}), holdings)
    visible, hidden, day = later_openings(whole, date(2020, 6, 1))
    assert day == date(2020, 6, 1)
    pairs = ["client_id", "product_id"]
    assert visible.holdings[pairs].to_numpy().tolist() == [["a", "p0"], ["c", "p3"]]
    assert sorted(hidden[pairs].to_numpy().tolist()) == [["a", "p1"], ["a", "p2"]]


def test_a_dated_set_says_so_and_a_product_twice_counts_once() -> None:
    holdings = pd.DataFrame(
        [("a", "p0", "2020-01-01"), ("a", "p0", "2021-01-01"), ("a", "p1", "2021-01-01")],
        columns=["client_id", "product_id", "opened_on"],
    )
    data = Dataset.of(pd.DataFrame({"client_id": ["a"]}), holdings)
    assert is_dated(data)
    assert data.held().toarray().tolist() == [[1.0, 1.0]]
    plain = Dataset.of(pd.DataFrame({"client_id": ["a"]}), holdings[["client_id", "product_id"]])
    assert not is_dated(plain)


@pytest.fixture
def folder(small_bank: Dataset, tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    holdings = small_bank.holdings.copy()
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 700, len(holdings)), "D")
    holdings["opened_on"] = days.strftime("%Y-%m-%d")
    small_bank.clients.to_csv(tmp_path / "clients.csv")
    holdings.to_csv(tmp_path / "holdings.csv", index=False)
    return tmp_path


def test_evaluation_by_time_needs_no_heldout_file(folder: Path) -> None:
    """Rows are openings from the day on, and the day is told."""
    asked = ["evaluate", str(folder), "--split", "time", "--since", "2025-09-01"]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    assert "since 2025-09-01" in shown.stdout
    assert "final" in shown.stdout


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["--since", "2031-01-01"], "choose an earlier day"),
        (["--since", "soon"], "not a day"),
    ],
)
def test_a_day_that_cannot_be_used_is_refused(
    folder: Path, asked: list[str], sentence: str
) -> None:
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--split", "time", *asked])
    assert shown.exit_code == 2
    assert sentence in shown.output


def test_a_broken_date_is_refused_with_its_line(folder: Path) -> None:
    path = folder / "holdings.csv"
    lines = path.read_text().splitlines()
    lines[3] = ",".join([*lines[3].split(",")[:2], "31/12/2024"])
    path.write_text("\n".join(lines) + "\n")
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--split", "time"])
    assert shown.exit_code == 2
    assert "holdings.csv, line 4, column 'opened_on': '31/12/2024' is not a date" in shown.stderr


def test_holdings_without_dates_cannot_be_split_by_time(folder: Path) -> None:
    frame = pd.read_csv(folder / "holdings.csv")
    frame[["client_id", "product_id"]].to_csv(folder / "holdings.csv", index=False)
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--split", "time"])
    assert shown.exit_code == 2
    assert "column 'opened_on' is missing" in shown.stderr


def test_dates_that_are_none_are_a_data_error() -> None:
    holdings = pd.DataFrame(
        [("a", "p0", None), ("a", "p1", "2021-01-01")],
        columns=["client_id", "product_id", "opened_on"],
    )
    with pytest.raises(DataError, match="opened_on"):
        before_opening(Dataset.of(pd.DataFrame({"client_id": ["a"]}), holdings))
