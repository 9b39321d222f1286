import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from recommender.__main__ import app
from recommender.dataset import Dataset
from recommender.errors import DataError

CLIENTS = "client_id,age\na,1\nb,2\n"
HOLDINGS = "client_id,product_id\na,p\nb,q\n"
HELDOUT = "client_id,product_id\na,q\n"


@pytest.fixture
def folder(small_bank: Dataset, tmp_path: Path) -> Path:
    visible, hidden = small_bank.hide(seed=2, share=0.3)
    visible.clients.to_csv(tmp_path / "clients.csv")
    visible.holdings.to_csv(tmp_path / "holdings.csv", index=False)
    hidden.to_csv(tmp_path / "heldout.csv", index=False)
    return tmp_path


def test_json_is_one_object_with_every_method_and_the_same_for_a_seed(folder: Path) -> None:
    runs = [CliRunner().invoke(app, ["evaluate", str(folder), "--json"]) for _ in range(2)]
    assert [run.exception for run in runs] == [None, None]
    first, second = (json.loads(run.stdout) for run in runs)
    for shown in (first, second):
        for row in (*shown["rows"], *(row for run in shown["runs"] for row in run["rows"])):
            assert row.pop("fit_seconds") >= 0
    assert first == second
    assert first["clients"] == 300
    assert [row["method"] for row in first["rows"]] == [
        "popularity",
        "co-occurrence",
        "EASE",
        "lightfm",
        "logistic regression",
        "gradient boosting",
        "contexts",
        "final",
    ]
    final = first["rows"][-1]
    assert {"hr@1", "hr@3", "mrr", "macro_hr@3", "ndcg@5", "coverage"} < set(final)
    assert final["log_loss"] > 0
    assert 0 <= final["calibration_error"] < 0.2
    assert sum(hits["held_out"] for hits in final["by_product"].values()) == first["held_out"]
    assert set(final["by_segment"]) > {"kind=personal", "kind=corporate"}
    compared = {each["metric"]: each for each in first["final_against_best"]}
    assert compared["mrr"]["low"] <= compared["mrr"]["final"] - compared["mrr"]["other"]


def test_the_table_shows_every_method(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["evaluate", str(folder)])
    assert shown.exit_code == 0
    assert "co-occurrence" in shown.stdout


def test_selling_rules_that_fit_the_data_stand_beside_the_methods(folder: Path) -> None:
    """Without `--plays` our own rules, of other products, are left out: see the first test."""
    rules = folder / "plays.yml"
    rules.write_text(
        "plays:\n  - {code: fund, zh: 基金, en: funds, holds: [card], offers: [fund]}\n",
        encoding="utf-8",
    )
    given = ["evaluate", str(folder), "--json", "--plays", str(rules)]
    rows = {row["method"]: row for row in json.loads(CliRunner().invoke(app, given).stdout)["rows"]}
    assert list(rows)[-3:] == ["plays", "contexts", "final"]
    assert 0 < rows["plays"]["hr@3"] <= 1
    assert rows["plays"]["log_loss"] is None
    rules.write_text("plays: [{code: fund}]\n", encoding="utf-8")
    assert CliRunner().invoke(app, given).exit_code == 2


def test_products_of_a_file_are_the_catalogue(folder: Path, small_bank: Dataset) -> None:
    small_bank.products.to_csv(folder / "products.csv")
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--json"])
    assert json.loads(shown.stdout)["products"] == len(small_bank.products)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("clients.csv", None, "clients.csv could not be read"),
        ("clients.csv", "", "clients.csv has no rows"),
        ("clients.csv", "client_id,age\n", "clients.csv has no rows"),
        ("clients.csv", "age\n1\n", "clients.csv, line 1: column 'client_id' is missing"),
        ("clients.csv", CLIENTS + "a,3\n", "clients.csv, line 4, column 'client_id': 'a' occurs"),
        ("clients.csv", CLIENTS + "\n,3\n", "clients.csv, line 5, column 'client_id'"),
        ("clients.csv", CLIENTS + 'c,"3\n', "clients.csv could not be read"),
        ("holdings.csv", "client_id\na\n", "column 'product_id' is missing"),
        ("holdings.csv", HOLDINGS + "zz,p\n", "holdings.csv, line 4, column 'client_id': 'zz'"),
        ("heldout.csv", HELDOUT + "zz,p\n", "heldout.csv, line 3, column 'client_id': 'zz'"),
        ("heldout.csv", "client_id,product_id\na,p\n", "'p' is visible for this client"),
        ("products.csv", "product_id\np\n", "holdings.csv, line 3, column 'product_id': 'q'"),
        ("heldout.csv", HELDOUT, "at least 10 are needed"),
    ],
)
def test_broken_input_ends_in_one_sentence(
    tmp_path: Path, name: str, content: str | None, sentence: str
) -> None:
    """File, line, column and value on stderr, exit 2, nothing on stdout."""
    files = {"clients.csv": CLIENTS, "holdings.csv": HOLDINGS, "heldout.csv": HELDOUT}
    for file, text in {**files, name: content}.items():
        if text is not None:
            (tmp_path / file).write_text(text)
    shown = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert sentence in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_a_frame_without_line_numbers_counts_as_a_file_would() -> None:
    clients = pd.DataFrame({"client_id": ["a", "b", "a"]})
    holdings = pd.DataFrame({"client_id": ["a"], "product_id": ["p"]})
    with pytest.raises(DataError, match="line 4, column 'client_id': 'a' occurs twice"):
        Dataset.of(clients, holdings)
