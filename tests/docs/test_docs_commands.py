"""A command in the README is a command that works."""

import csv
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm.__main__ import app as crm_app
from data.sample.bank import build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank
from tests.docs.fences import commands

# Run for real, in this order, as a newcomer would copy them.
OWN_DATA = ("data.sample", "crm migrate", "crm import")
SECONDS = 240


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'own.db'}",
        "RM_VAR": str(folder / "var"),
        "LANG": "en_GB.UTF-8",
        # A terminal's width and colour must not decide what a test reads.
        "COLUMNS": "200",
        "TERM": "dumb",
    }


def _python(words: list[str], root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=root,
        env=_environment(folder),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def _modules(text: str) -> list[list[str]]:
    return [words[1:] for words in commands(text) if words[0] == ".venv/bin/python"]


def test_both_readmes_name_the_same_commands(readmes):
    """A reader of one language is not told less than one of the other."""
    english, chinese = (commands(text) for text in readmes.values())
    assert english == chinese
    assert len(english) > 10


def test_every_make_target_named_is_in_the_makefile(readme, root):
    """`make run` and the rest exist."""
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    named = {words[1] for words in commands(readme) if words[0] == "make"}
    assert {"run", "test"} <= named <= targets
    assert set(re.findall(r"`make ([a-z-]+)`", readme)) <= targets


def test_every_line_is_a_command_of_ours(readme):
    """Nothing stands in a shell block that no test here looks at."""
    assert {words[0] for words in commands(readme)} == {"make", "export", ".venv/bin/python"}


def test_every_export_names_a_setting(readme):
    """What is exported in a block is in the table of settings."""
    for words in commands(readme):
        if words[0] == "export":
            assert f"| `{words[1].partition('=')[0]}` |" in readme


@pytest.mark.parametrize("program", ["assistant", "crm", "knowledge", "recommender"])
def test_every_command_named_is_known_to_its_program(program, readmes):
    """`python -m PROGRAM COMMAND` is one the program itself explains."""
    named = {
        words[2]
        for text in readmes.values()
        for words in _modules(text)
        if words[1] == program and not words[2].startswith("-")
    }
    assert named
    app = importlib.import_module(f"{program}.__main__").app
    for command in named:
        told = CliRunner().invoke(app, [command, "--help"])
        assert told.exit_code == 0, told.output
        assert command in told.output


def test_the_commands_for_own_data_run_as_they_stand(root, readmes, tmp_path):
    """Making a small bank, migrating and importing it works by copying three lines."""
    lines = _modules(readmes["README.md"])
    for start in OWN_DATA:
        words = next(words for words in lines if " ".join(words[1:]).startswith(start))
        moved = [str(tmp_path / word) if word.startswith("var/") else word for word in words]
        finished = _python(moved, root, tmp_path)
        assert finished.returncode == 0, finished.stderr
    assert "clients.csv: 240 rows" in finished.stdout


def test_the_shipped_content_passes_the_check_that_the_readme_names(root, readmes, tmp_path):
    """`python -m knowledge check` runs as it stands and finds nothing wrong."""
    words = next(words for words in _modules(readmes["README.md"]) if words[2:] == ["check"])
    finished = _python(words, root, tmp_path)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_a_refused_import_reads_as_the_readme_shows(readmes, tmp_path):
    """The sentences of the refusal in both READMEs are those that the import says."""
    database = ["--database", f"sqlite:///{tmp_path / 'own.db'}"]
    sample = tmp_path / "small"
    write_bank(build_bank(SampleSettings(seed=7, clients=240)), sample)
    _two_mistakes(sample / "clients.csv")
    shell = CliRunner()
    assert shell.invoke(crm_app, ["migrate", *database]).exit_code == 0
    for language, text in zip(("en", "zh"), readmes.values(), strict=True):
        words = ["import", str(sample), *database, "--language", language]
        refused = shell.invoke(crm_app, words)
        assert refused.exit_code != 0
        assert f"```\n{refused.stderr}```\n" in text


def _two_mistakes(clients: Path) -> None:
    """Write a day that is not in the calendar, and a kind of client that there is not."""
    with clients.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["risk_expires_on"], rows[1]["kind"] = "2024-13-01", "retail"
    with clients.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
