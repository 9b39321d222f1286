"""What surrounds the figures: intervals, the page, protected attributes, settings, the search."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from numpy.testing import assert_array_equal
from typer.testing import CliRunner

from recommender.__main__ import app
from recommender.comparison import differences
from recommender.dataset import Dataset
from recommender.errors import PolicyBroken, SettingsBroken
from recommender.evaluate import Answer, MethodQuality, Question, answers, ask
from recommender.fitting import fit
from recommender.methods import FINAL, OWN, all_methods
from recommender.metrics import Quality, calibration_error, coverage, losses, quality, reliability
from recommender.protection import read_protected, unprotected
from recommender.report.curves import gains, reliability_by_mass
from recommender.settings import Settings
from recommender.settings_file import read_settings, write_settings
from recommender.tuning import tune

WORDS = Path("recommender/report/words.yml")


@pytest.fixture
def folder(small_bank: Dataset, tmp_path: Path) -> Path:
    visible, hidden = small_bank.hide(seed=2, share=0.3)
    visible.clients.assign(Gender="x").to_csv(tmp_path / "clients.csv")
    visible.holdings.to_csv(tmp_path / "holdings.csv", index=False)
    hidden.to_csv(tmp_path / "heldout.csv", index=False)
    return tmp_path


def test_figures_of_chances_match_a_hand_worked_example() -> None:
    """Two rows: chances .9 right and .4 wrong of two products each."""
    chances = np.array([[0.9, 0.1], [0.6, 0.4]])
    closed, hidden = np.zeros((2, 2), dtype=bool), np.array([0, 1])
    assert losses(chances, hidden) == pytest.approx([-np.log(0.9), -np.log(0.4)])
    assert calibration_error(chances, hidden, closed) == pytest.approx((0.1 + 0.1 + 0.6 + 0.6) / 4)
    means, shares, counts = reliability(chances, hidden, closed)
    assert means == pytest.approx([0.1, 0.4, 0.6, 0.9])
    assert (shares.tolist(), counts.tolist()) == ([0, 1, 0, 1], [1, 1, 1, 1])
    assert quality(np.array([1, 3, 6]), hidden[[0, 0, 1]]).ndcg_at_5 == pytest.approx(1.5 / 3)


def test_coverage_counts_products_shown_to_anyone() -> None:
    """The first three of what is open; the fifth product is never among them."""
    scores = np.tile([5.0, 4.0, 3.0, 2.0, 1.0], (2, 1))
    held = np.array([[False] * 5, [True, False, False, False, False]])
    assert coverage(scores, held) == pytest.approx(4 / 5)


def answer(name: str, found: list[int]) -> Answer:
    row = MethodQuality(name, Quality(0, 0, 0, 0), 0.0)
    return Answer(row, np.array(found), None)


def test_intervals_hold_the_difference_and_shrink_to_nothing_for_equals() -> None:
    found = [1, 2, 4, 1, 1, 3, 1, 9]
    asked = Question(np.arange(8), np.array([0, 0, 1, 1, 2, 2, 0, 1]), np.zeros((8, 3), dtype=bool))
    same = differences([[answer("other", found), answer(FINAL, found)]], asked, 0)
    assert all(each.low == each.high == 0 for each in same)
    worse = [answer("bad", [9] * 8), answer("other", [2] * 8), answer(FINAL, found)]
    first = differences([worse], asked, 0)[0]
    assert (first.metric, first.best_other) in {("hr@1", "bad"), ("hr@1", "other")}
    assert first.final - first.other == 0.5
    assert first.low <= 0.5 <= first.high


def test_a_calibrated_method_lies_on_the_line_and_gain_reaches_all() -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(size=(6000, 4)) * 1.5
    chances = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
    hidden = (rng.random((6000, 1)) > chances.cumsum(axis=1)).sum(axis=1).clip(max=3)
    asked = Question(np.arange(6000), hidden, np.zeros((6000, 4), dtype=bool))
    curve = reliability_by_mass(chances, asked)
    assert np.all(np.abs(curve.hits - curve.chances) < 4 * curve.errors + 1e-3)
    for gain in gains(chances, asked):
        assert (gain.reached[0], gain.reached[-1]) == (0.0, 1.0)
        assert np.all(np.diff(gain.reached) >= 0)
        assert gain.lift > 1.5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_is_one_page_with_every_plot(
    folder: Path, tmp_path: Path, language: str
) -> None:
    """In either language, without a link to anything outside; protected columns are told."""
    page = tmp_path / "out.html"
    asked = ["evaluate", str(folder), "--report", str(page), "--language", language]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    text = page.read_text(encoding="utf-8")
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[language]
    for key in ("title", "calibration", "gain", "lift", "counting", "segments"):
        assert words[key] in text
    assert text.count("<svg") == 5
    assert "<script" not in text
    assert 'src="http' not in text
    assert "Gender" in text


def test_odd_columns_and_few_rows_still_make_a_report(tmp_path: Path) -> None:
    """Empty, constant, infinite, mixed and one-of-a-kind columns; too few rows for a plot."""
    rng = np.random.default_rng(0)
    names = [f"k{row}" for row in range(80)]
    clients = pd.DataFrame(
        {
            "client_id": names,
            "empty": np.nan,
            "same": 1,
            "infinite": np.where(rng.random(80) < 0.3, np.inf, rng.normal(size=80)),
            "own": names,
            "mixed": rng.choice(["1", "x", "2.5"], 80),
            "day": np.where(rng.random(80) < 0.2, None, "2024-02-29"),
        }
    )
    rows, products = np.nonzero(rng.random((80, 12)) < 0.35)
    pairs = [(f"k{row}", f"p{product}") for row, product in zip(rows, products, strict=True)]
    data = Dataset.of(clients, pd.DataFrame(pairs, columns=["client_id", "product_id"]))
    visible, hidden = data.hide(seed=1, share=0.5)
    visible.clients.to_csv(tmp_path / "clients.csv")
    visible.holdings.to_csv(tmp_path / "holdings.csv", index=False)
    hidden.to_csv(tmp_path / "heldout.csv", index=False)
    page = tmp_path / "out.html"
    shown = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--report", str(page)])
    assert shown.exit_code == 0, shown.output
    assert "<svg" in page.read_text(encoding="utf-8")


def test_both_languages_have_the_same_words() -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    assert set(words["zh"]) == set(words["en"])
    assert set(words["zh"]["about_names"]) == set(words["en"]["about_names"])


def test_several_seeds_are_averaged_and_kept_apart(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--json", "--seeds", "3,4"])
    result = json.loads(shown.stdout)
    assert [run["seed"] for run in result["runs"]] == [3, 4]
    finals = [run["rows"][-1]["mrr"] for run in result["runs"]]
    assert result["rows"][-1]["mrr"] == pytest.approx(np.mean(finals), abs=2e-6)


def test_a_protected_attribute_is_in_no_score_and_no_reason() -> None:
    """Though it decides everything in the data; also under another case and as a trend."""
    rng = np.random.default_rng(0)
    genders = rng.choice(["f", "m"], 400)
    names = [f"k{row}" for row in range(400)]
    table = pd.DataFrame(
        {
            "client_id": names,
            "Gender": genders,
            "gender_trend": genders,
            "other": rng.integers(0, 9, 400),
        }
    )
    liked = np.where(genders == "f", "red", "blue")
    pairs = [*zip(names, ["base"] * 400, strict=True), *zip(names, liked, strict=True)]
    data = Dataset.of(table, pd.DataFrame(pairs, columns=["client_id", "product_id"]))
    model = fit(unprotected(data, read_protected()), 0, Settings(members=1, epochs=2))
    assert [attribute.name for attribute in model.attributes.attributes] == ["other"]
    plain = model.score({"other": 3}, ["base"])
    for value in ("f", "m", None, "never seen"):
        told = model.score({"Gender": value, "gender_trend": value, "other": 3}, ["base"])
        assert_array_equal(told, plain)


@pytest.mark.parametrize(
    "content", [None, "protected: gender", "- gender", "protected: [1]", ": :"]
)
def test_a_policy_that_cannot_be_read_stops_everything(
    tmp_path: Path, folder: Path, content: str | None
) -> None:
    """Better no model than one that learns from what it must not."""
    path = tmp_path / "policy.yml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(PolicyBroken, match="protected"):
        read_protected(path)
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--protected", str(path)])
    assert shown.exit_code == 2


def test_settings_come_back_as_written_and_gaps_are_defaults(tmp_path: Path) -> None:
    path = tmp_path / "best.json"
    write_settings(Settings(components=8), path)
    assert read_settings(path) == Settings(components=8)
    path.write_text('{"epochs": 3}')
    assert read_settings(path) == replace(Settings(), epochs=3)


@pytest.mark.parametrize("content", [None, "{", '{"epochs": "many"}'])
def test_broken_settings_are_refused_with_the_reason(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "best.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsBroken, match="run tune again"):
        read_settings(path)


def test_the_search_writes_what_evaluate_takes(folder: Path, tmp_path: Path) -> None:
    """Seeded: the same search finds the same settings."""
    out = tmp_path / "best.json"
    asked = ["tune", str(folder), "--out", str(out), "--trials", "2"]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    assert "2 settings tried" in shown.stdout
    first = read_settings(out)
    CliRunner().invoke(app, asked)
    assert read_settings(out) == first
    shown = CliRunner().invoke(app, ["evaluate", str(folder), "--settings", str(out)])
    assert shown.exit_code == 0


def test_the_search_never_looks_at_the_hidden_file(folder: Path, tmp_path: Path) -> None:
    (folder / "heldout.csv").unlink()
    out = tmp_path / "best.json"
    shown = CliRunner().invoke(app, ["tune", str(folder), "--out", str(out), "--trials", "1"])
    assert shown.exit_code == 0, shown.output


def test_defaults_stay_where_nothing_better_is_found(small_bank: Dataset) -> None:
    assert tune(small_bank, 0, 1, None).settings == Settings()


def test_every_method_answers_every_row(bank: Dataset, quick: Settings) -> None:
    """Also for products and clients hidden altogether; the final model is last."""
    visible, hidden = bank.hide(seed=3, share=1.0)
    asked = ask(visible, hidden)
    rows = answers(visible, asked, {**all_methods(), **OWN}, 0, quick)
    assert rows[-1].row.method == FINAL
    assert all(len(each.found) == len(hidden) for each in rows)
