"""The command trains the project's own pipeline in Rasa's environment and tells its figures."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.__main__ import app

WORDS = {"fee": "cost charge price fare", "thank": "thanks cheers grateful obliged"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        f"{word} {other},{intent}"
        for intent, words in WORDS.items()
        for word in words.split()
        for other in ("please", "now", "[this](that)")
    ]
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text("\n".join(["text,intent", *rows, ""]), encoding="utf-8")
    return tmp_path


def test_one_json_object_holds_the_figures_of_the_pipeline_and_a_baseline(folder: Path) -> None:
    ended = CliRunner().invoke(app, ["evaluate", str(folder), "--json"])
    assert ended.exit_code == 0, ended.output
    told = json.loads(ended.stdout)
    assert told["accuracy"] == told["macro_f1"] == told["in_scope_accuracy"] == 1.0
    assert told["oos_recall"] is None
    assert told["training_seconds"] > 0 < told["ms_per_message"]
    assert [row["method"] for row in told["rows"]] == ["pipeline", "counts + logistic regression"]


def test_broken_input_is_told_in_a_sentence_with_exit_code_two(folder: Path) -> None:
    (folder / "test.csv").write_text("text,intent\nhi,\n", encoding="utf-8")
    ended = CliRunner().invoke(app, ["evaluate", str(folder), "--language", "en"])
    assert ended.exit_code == 2
    assert "line 2: column intent is empty" in " ".join(ended.output.split())
