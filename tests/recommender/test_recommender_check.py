"""The business can check its selling rules before anybody uses them."""

import shutil
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from recommender.check import BAD_INPUT, CONTENT, check

APP = Typer()
APP.command()(check)


def test_the_rules_that_ship_are_sound() -> None:
    result = CliRunner().invoke(APP, [])
    assert (result.exit_code, "sound" in result.output) == (0, True)


def test_faults_of_all_files_are_told_together_by_file_and_line(tmp_path: Path) -> None:
    for path in CONTENT.glob("*.yml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "plays.yml").write_text("plays:\n  - code: x\n", encoding="utf-8")
    values = tmp_path / "values.yml"
    values.write_text(values.read_text().replace("yearly: 50", "yearly: many", 1), "utf-8")
    result = CliRunner().invoke(APP, [str(tmp_path)])
    assert result.exit_code == BAD_INPUT
    assert "plays.yml:2: zh is missing" in result.output
    assert "values.yml:" in result.output
    assert "many cannot be read here" in result.output
