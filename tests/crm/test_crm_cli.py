"""The command line says what happened, in the reader's language, and exits accordingly."""

import pytest
from typer.testing import CliRunner

from crm.__main__ import app
from crm.store import migrate


@pytest.fixture
def run(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def invoke(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return invoke


def test_migrate_then_import_fills_the_default_store(run, files, tmp_path, monkeypatch):
    """Without a database named, it is var/bank.db below the current directory."""
    monkeypatch.chdir(tmp_path)
    assert run("migrate").exit_code == 0
    result = run("import", files.directory)
    assert result.exit_code == 0
    assert "clients.csv：3 行" in result.output
    assert (tmp_path / "var" / "bank.db").exists()


def test_faults_are_printed_each_on_a_line_and_exit_with_2(run, files, store_url):
    """The last line says how many there are and that nothing was written."""
    files.change("clients.csv", 2, "grade", "Gold")
    files.change("holdings.csv", 2, "opened_on", "2020-13-01")
    result = run("import", files.directory, "--database", store_url, "--language", "en")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert lines[0].startswith("clients.csv:2: grade: Gold: ")
    assert lines[1].startswith("holdings.csv:2: opened_on: 2020-13-01: ")
    assert lines[2].startswith("2 faults found; nothing was written.")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("zh_CN.UTF-8", "请先运行"), ("en_GB.UTF-8", "Run python -m crm migrate"), ("C", "请先运行")],
)
def test_the_locale_chooses_the_language_chinese_first(
    run, files, tmp_path, monkeypatch, locale, expected
):
    """An import into a store without tables is refused, not half done."""
    monkeypatch.setenv("LANG", locale)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    result = run("import", files.directory, "--database", url)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "new.db").exists()


def test_the_database_can_come_from_the_environment(run, tmp_path, monkeypatch):
    """DATABASE_URL stands in for the option."""
    url = f"sqlite:///{tmp_path / 'other.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    assert run("migrate").exit_code == 0
    assert migrate.check(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///{broken}", "is not a SQLite database"),
        ("postgresql://bank@127.0.0.1:1/bank", "cannot be opened"),
        ("no address", "not valid"),
    ],
)
def test_a_store_that_cannot_be_used_is_one_sentence(run, tmp_path, url, expected):
    """No traceback: what is wrong, and what to do."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"nothing of the kind" * 20)
    result = run("migrate", "--database", url.format(broken=broken), "--language", "en")
    assert result.exit_code == 2
    assert expected in result.stderr
    assert "Traceback" not in result.output
