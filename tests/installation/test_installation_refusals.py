"""An installation that cannot start says why in one sentence, never in a traceback."""

import asyncio
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.replies.templates import Words
from assistant.running.errors import DiskFull
from assistant.running.preparing import prepare
from assistant.running.progress import Progress
from assistant.settings import Settings
from tests.support.installation import free_ports
from tests.support.seed import ROOT, clean_environment, copy_seed

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("prepared")
    copy_seed(var)
    return var


@pytest.fixture
def var(prepared: Path, tmp_path: Path) -> Path:
    """Return a prepared folder that a test may break."""
    return shutil.copytree(prepared, tmp_path / "var")


def command(*arguments: str, var: Path, **changes: str) -> tuple[int, str]:
    """Run a command of the assistant and return its exit code and all it said."""
    port, dialogue_port = free_ports(2)
    ports = {"RM_PORT": str(port), "RM_DIALOGUE_PORT": str(dialogue_port), "COLUMNS": "1000"}
    finished = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env=clean_environment(var, ports | changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240.0,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


def refused_in_one_sentence(var: Path, said: str, **changes: str) -> None:
    code, output = command("run", "--language", "en", var=var, **changes)
    assert said in output
    assert len(output.strip().splitlines()) == 1, output
    assert code == 1


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused_in_one_sentence(tmp_path, f"Port {port} is in use", RM_DIALOGUE_PORT=port)


def garble(path: Path) -> None:
    path.write_bytes(b"this is no database, " * 500)


def cut_off(path: Path) -> None:
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA journal_mode = DELETE")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("damage", [garble, cut_off])
def test_a_broken_database_is_named(var: Path, damage: Callable[[Path], None]) -> None:
    damage(var / "bank.db")
    refused_in_one_sentence(var, "The database cannot be used")


def test_an_unreachable_database_is_named(var: Path) -> None:
    (port,) = free_ports(1)
    nowhere = f"postgresql://nobody@127.0.0.1:{port}/bank"
    refused_in_one_sentence(var, "The database cannot be used", DATABASE_URL=nowhere)


def test_the_demo_is_refused_on_a_bank_that_is_not_the_sample(var: Path) -> None:
    with closing(sqlite3.connect(var / "bank.db")) as store, store:
        store.execute(
            "UPDATE audit_log SET detail = json_set(detail, '$.sample', 0) WHERE action = 'import'"
        )
    refused_in_one_sentence(var, "Demo mode works on the sample only")


def test_an_empty_bank_outside_the_demo_is_told_to_import(var: Path) -> None:
    (var / "bank.db").unlink()
    refused_in_one_sentence(var, "python -m crm import DIR", RM_DEMO="false")


def test_a_service_with_a_guessable_key_is_refused(var: Path) -> None:
    weak = {"RM_SIGNING_KEY": "short", "RM_ACTION_TOKEN": "x" * 48}
    code, output = command("serve", var=var, **weak)
    assert code == 1
    assert "RM_SIGNING_KEY" in output
    assert "Traceback" not in output


def test_the_demo_does_not_leave_this_machine(tmp_path: Path) -> None:
    refused_in_one_sentence(tmp_path, "RM_HOST is 0.0.0.0", RM_HOST="0.0.0.0", RM_DEMO="true")


def test_a_missing_dialogue_environment_is_named(var: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in {".venv-dialogue", "var", ".git"}:
            (root / entry.name).symlink_to(entry)
    refused_in_one_sentence(var, "run make install first", RM_ROOT=str(root))


def test_a_full_disk_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 0))
    settings = Settings(var=tmp_path)
    progress = Progress(Words.load(settings.replies_dir), "en", quiet=True)
    with pytest.raises(DiskFull) as full:
        asyncio.run(prepare(settings, progress))
    progress.warn(full.value.key, **full.value.values)
    assert "free at least 300 MB" in "".join(capsys.readouterr()).replace("\n", " ")
    assert list(tmp_path.iterdir()) == [], "nothing is written to a full disk"


def test_the_doctor_finds_a_sound_installation_sound(var: Path) -> None:
    code, output = command("doctor", "--language", "en", var=var)
    assert "BAD" not in output
    assert (code, output.count("ok ")) == (0, 8)


def test_the_doctor_names_each_part_that_is_not_well(var: Path) -> None:
    garble(var / "bank.db")
    shutil.rmtree(var / "models")
    code, output = command("doctor", "--language", "en", var=var)
    bad = [
        line.split("BAD")[1].split(":")[0].strip() for line in output.splitlines() if "BAD" in line
    ]
    assert bad == ["database", "data", "recommender model", "dialogue model"]
    assert code == 1
    assert "Traceback" not in output
