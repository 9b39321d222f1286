"""A run over a folder: parts, resuming, refusals."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from recommender.__main__ import app
from recommender.errors import ColumnMissing, OtherRun, TableMissing, ValueRefused
from recommender.scoring.columns import SCHEMA
from recommender.scoring.job import score_part
from recommender.scoring.run import MANIFEST, Request, prepare, processes, run
from recommender.scoring.splitting import part_of
from tests.support.scoring import CLIENTS, TODAY, answers, done


def test_every_client_is_answered_once_whatever_the_size_of_parts(
    request_of: Request, tmp_path: Path
) -> None:
    """Parts of 50 and one part of all hold the same rows; no intermediate file is left."""
    job, count = done(request_of)
    whole, _ = done(replace(request_of, out=tmp_path / "whole", block=10_000))
    assert (job.parts, whole.parts) == (5, 1)
    assert count == CLIENTS
    found = answers(request_of.out)
    assert found["client_id"].is_unique
    assert len(found) == CLIENTS
    pd.testing.assert_frame_equal(found, answers(tmp_path / "whole"), rtol=1e-5)
    assert {path.name for path in (tmp_path / "whole").iterdir()} == {
        MANIFEST,
        "part-00000.parquet",
    }


def test_the_order_of_the_files_rows_changes_nothing(request_of: Request, tmp_path: Path) -> None:
    done(request_of)
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for path in request_of.folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table.sample(frac=1.0, random_state=4).to_csv(shuffled / path.name, index=False)
    done(replace(request_of, folder=shuffled, out=tmp_path / "again"))
    pd.testing.assert_frame_equal(answers(request_of.out), answers(tmp_path / "again"))


def test_parquet_tables_answer_as_csv_does(
    request_of: Request, tmp_path: Path, clients_table: pd.DataFrame
) -> None:
    done(request_of)
    typed = tmp_path / "typed"
    typed.mkdir()
    for name in ("holdings", "quiet", "withheld"):
        pd.read_csv(request_of.folder / f"{name}.csv").to_parquet(typed / f"{name}.parquet")
    clients_table.to_parquet(typed / "clients.parquet")
    done(replace(request_of, folder=typed, out=tmp_path / "again"))
    pd.testing.assert_frame_equal(answers(request_of.out), answers(tmp_path / "again"))


def test_a_run_goes_on_where_it_stopped(request_of: Request) -> None:
    """Parts that are there are not made again; the answers are those of one go."""
    job = prepare(request_of)
    for number in (0, 3):
        score_part(job, number)
    times = {number: job.part_path(number).stat().st_mtime_ns for number in (0, 3)}
    again = prepare(request_of)
    assert again == job
    count = run(again, processes(1), lambda *_: None)
    assert 0 < count < CLIENTS
    assert {n: job.part_path(n).stat().st_mtime_ns for n in (0, 3)} == times
    assert len(answers(request_of.out)) == CLIENTS
    assert run(prepare(request_of), processes(1), lambda *_: None) == 0


def test_a_part_scored_twice_is_the_same_file(request_of: Request) -> None:
    job = prepare(request_of)
    score_part(job, 1)
    first = job.part_path(1).read_bytes()
    score_part(job, 1)
    assert job.part_path(1).read_bytes() == first
    assert not list(request_of.out.glob(".part*.parquet*"))


def test_several_processes_answer_as_one(request_of: Request, tmp_path: Path) -> None:
    done(request_of)
    _, count = done(replace(request_of, out=tmp_path / "spread"), processes(2))
    assert count == CLIENTS
    pd.testing.assert_frame_equal(answers(request_of.out), answers(tmp_path / "spread"))


@pytest.mark.parametrize("change", ["day", "block", "unsaid", "table", "foreign"])
def test_answers_of_another_run_are_never_mixed_in(
    request_of: Request, tmp_path: Path, change: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for path in request_of.folder.glob("*.csv"):
        (own / path.name).write_bytes(path.read_bytes())
    first = replace(request_of, folder=own)
    done(first)
    offer = first.offer
    other = {
        "day": replace(first, offer=replace(offer, today=TODAY + timedelta(1))),
        "block": replace(first, block=60),
        "unsaid": replace(first, offer=replace(offer, unsaid=frozenset({"age"}))),
    }.get(change, first)
    if change == "table":
        with (own / "holdings.csv").open("a") as file:
            file.write("k7,card\n")
    if change == "foreign":
        (first.out / MANIFEST).unlink()
    with pytest.raises(OtherRun, match="empty folder"):
        prepare(other)


def test_the_file_says_model_day_and_form(request_of: Request) -> None:
    done(request_of)
    schema = pq.read_schema(next(request_of.out.glob("*.parquet")))
    assert schema.remove_metadata() == SCHEMA
    assert schema.metadata[b"model_version"] == b"v1"
    assert schema.metadata[b"scored_for"] == TODAY.isoformat().encode()


@pytest.mark.parametrize(
    ("table", "line", "error", "told"),
    [
        ("clients.csv", "k0,personal,33,care,900,,,false", ValueRefused, r"line 242.*twice"),
        ("clients.csv", ",personal,33,care,900,,,false", ValueRefused, r"line 242.*is empty"),
        ("holdings.csv", "nobody,card", ValueRefused, "'nobody' is not known"),
        ("holdings.csv", "k0,no_such", ValueRefused, "'no_such' is not known"),
        ("clients.csv", "k9999,personal,33,care,900,C3,soon,false", ValueRefused, "'soon'.*date"),
        ("clients.csv", "k9999,personal", TableMissing, "Expected 8 columns"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    request_of: Request, tmp_path: Path, table: str, line: str, error: type, told: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for path in request_of.folder.glob("*.csv"):
        (own / path.name).write_bytes(path.read_bytes())
    with (own / table).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(error, match=told):
        done(replace(request_of, folder=own))


def test_a_missing_column_is_named(request_of: Request, tmp_path: Path) -> None:
    for path in request_of.folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    pd.read_csv(tmp_path / "holdings.csv").drop(columns="product_id").to_csv(
        tmp_path / "holdings.csv", index=False
    )
    with pytest.raises(ColumnMissing, match=r"holdings\.csv.*product_id"):
        done(replace(request_of, folder=tmp_path))


def test_clients_are_dealt_alike_everywhere() -> None:
    """A fixed hash: these numbers must never change, or a resumed run would lose clients."""
    assert list(part_of(["C000001", "C000002", "周敏", ""], 16)) == PARTS


PARTS = [8, 7, 2, 6]


def test_the_command_scores_with_the_version_in_use(
    request_of: Request, model_folder: Path
) -> None:
    arguments = ["score", "--out", str(request_of.out), "--folder", str(request_of.folder)]
    arguments += ["--models", str(model_folder.parent), "--workers", "1", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["clients"] == CLIENTS
    assert told["model"] == "v1"
    assert len(answers(request_of.out)) == CLIENTS


def test_the_command_says_what_is_missing(tmp_path: Path, request_of: Request) -> None:
    arguments = ["score", "--out", str(tmp_path / "o"), "--folder", str(request_of.folder)]
    result = CliRunner().invoke(app, [*arguments, "--models", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "No version" in result.stderr


def test_the_command_refuses_a_day_that_is_none(tmp_path: Path, request_of: Request) -> None:
    arguments = ["score", "--out", str(tmp_path / "o"), "--folder", str(request_of.folder)]
    result = CliRunner().invoke(app, [*arguments, "--for", "2026-13-01"])
    assert result.exit_code == 2
    assert "2026-13-01" in result.stderr
    assert not (tmp_path / "o").exists()
