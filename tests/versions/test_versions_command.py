"""`python -m assistant models`: what a person decides about versions is done, told and logged."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.versions.command import app
from recommender.registry import Registry
from tests.support.model_versions import another, missing
from tests.support.seed import clean_environment, copy_seed


@pytest.fixture
def var(tmp_path: Path) -> Path:
    copy_seed(tmp_path)
    return tmp_path


@pytest.fixture
def registry(var: Path) -> Registry:
    return Registry(var / "models" / "recommender")


def models(var: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env=clean_environment(var))


def states(var: Path) -> dict[str, str]:
    listed = json.loads(models(var, "list", "--json").stdout)["versions"]
    return {row["version"]: row["state"] for row in listed}


def logged(var: Path) -> list[tuple[str, str, str]]:
    query = "SELECT actor, action, subject FROM audit_log WHERE subject LIKE 'model:%'"
    with closing(sqlite3.connect(var / "bank.db")) as connection:
        return list(connection.execute(query))


def test_a_decision_is_done_and_in_the_audit_log(var: Path, registry: Registry) -> None:
    """Put into use, listed as such with who and why, and taken back."""
    first = registry.in_use()
    assert first is not None
    before = states(var)
    another(registry, "chosen")
    said = ("--by", "E0001", "--because", "the business asked for it")
    assert models(var, "use", "chosen", *said).exit_code == 0
    listed = json.loads(models(var, "list", "--json").stdout)["versions"]
    assert states(var) == {**before, first.version: "candidate", "chosen": "in_use"}
    [why] = [row["why"] for row in listed if row["version"] == "chosen"]
    assert why == "E0001 · the business asked for it"
    assert models(var, "rollback", "--by", "E0001", "--because", "worse").exit_code == 0
    back = registry.in_use()
    assert back is not None
    assert back.version == first.version
    assert logged(var) == [
        ("E0001", "use_model", "model:chosen"),
        ("E0001", "roll_back_model", f"model:{first.version}"),
    ]


def test_what_cannot_be_used_is_refused_with_the_reason_and_nothing_is_logged(
    var: Path, registry: Registry
) -> None:
    before = registry.in_use()
    missing(another(registry, "gone"))
    said = ("--by", "E0001", "--because", "x")
    for version, why in (("gone", "model.npz is missing"), ("nothing", "cannot be read")):
        refused = models(var, "use", version, *said)
        assert refused.exit_code == 1
        assert why in refused.stderr
    assert registry.in_use() == before
    assert logged(var) == []


def test_drift_is_told_as_a_table_as_json_and_as_a_picture(var: Path, tmp_path: Path) -> None:
    picture = tmp_path / "drift.png"
    told = json.loads(models(var, "drift", "--json", "--report", str(picture)).stdout)
    assert {row["name"] for row in told["attributes"]} >= {"kind", "age"}
    assert len(told["holdings"]) == 40
    assert not told["acceptance"]["enough"]
    assert picture.read_bytes().startswith(b"\x89PNG")
    for language, heading in (("zh", "客户属性"), ("en", "Attributes of clients")):
        assert heading in models(var, "drift", "--language", language).stdout
