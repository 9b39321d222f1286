"""What is written about the files of prices is what the reader of those files asks for."""

from pathlib import Path

import pytest

from knowledge.reading import basis, rate_file, tariff_file, waiver_file
from tests.docs.fences import rows, section

FILES = {
    "tariff.csv": (*tariff_file.COLUMNS, *tariff_file.OPTIONAL),
    "waivers.csv": waiver_file.COLUMNS,
    "rates.csv": rate_file.COLUMNS,
}


@pytest.mark.parametrize("language", ["## English", "## 中文"])
@pytest.mark.parametrize("name", FILES)
def test_every_column_is_told_in_its_order(root: Path, language: str, name: str) -> None:
    text = section((root / "docs" / "tariff-form.md").read_text(encoding="utf-8"), language)
    told = [column for column, cells in rows(section(text, f"### `{name}`")) if len(cells) == 2]
    assert told == list(FILES[name])


@pytest.mark.parametrize("language", ["## English", "## 中文"])
def test_every_basis_is_told(root: Path, language: str) -> None:
    text = section((root / "docs" / "tariff-form.md").read_text(encoding="utf-8"), language)
    told = [code for code, cells in rows(section(text, "### `tariff.csv`")) if len(cells) == 1]
    assert told == list(basis.BASES)
