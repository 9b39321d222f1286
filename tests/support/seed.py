"""A prepared `var` folder that test installations copy, so that none of them trains.

It lives in ``var/tests/<fingerprint>`` of the project. The first time it is copied from the
project's own ``var`` where that holds the present sample; `assistant train` then makes what is
missing, so that later runs find everything made.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from assistant.running import fingerprint
from assistant.running.training import dialogue_model_path
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_STORE_SOURCES = ("data/sample", "crm/imports", "crm/store/migrations", "crm/store/tables")
_CONVERSATION_TABLES = (
    "feedback",
    "gap_drafts",
    "gap_answers",
    "gap_asks",
    "gaps",
    "outbox",
    "outcomes",
    "suggestions",
    "attachments",
    "expert_requests",
    "spent_buttons",
    "messages",
    "turns",
)
_TRAINING_SECONDS = 1200.0


def clean_environment(var: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment with no setting of the assistant but those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("RM_") and k != "DATABASE_URL"}
    return kept | {"RM_VAR": str(var), "LANG": "en_US.UTF-8"} | dict(changes or {})


def copy_seed(into: Path) -> None:
    """Put models, sample, store and secrets into an empty `var` folder.

    Raises
    ------
    AssertionError
        The seed could not be made; the message carries what `assistant train` said.
    """
    folder = _seed()
    with _locked(folder):
        _copy_var(folder, into)


@cache
def _seed() -> Path:
    """Return the seed, made anew where the sources changed; looked at once a process."""
    sources = [ROOT / name for name in _STORE_SOURCES]
    folder = ROOT / "var" / "tests" / fingerprint.of_files(sources, ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if not (folder / "bank.db").exists():
            _copy_var(ROOT / "var", folder)
        _train(folder)
    return folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _train(var: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "assistant", "train", "--quiet"],
        cwd=ROOT,
        env=clean_environment(var),
        capture_output=True,
        text=True,
        timeout=_TRAINING_SECONDS,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def _copy_var(source: Path, into: Path) -> None:
    """Copy what is current of a `var` folder; an installation may be using it meanwhile."""
    sample = fingerprint.of_files([ROOT / "data/sample"], ROOT, str(Settings().sample_seed))
    if not (source / "sample" / sample / "indicators.csv").is_file():
        return
    shutil.copytree(source / "sample" / sample, into / "sample" / sample, dirs_exist_ok=True)
    shutil.copy2(source / "secrets.env", into / "secrets.env")
    _copy_dialogue_model(source, into)
    models = source / "models" / "recommender"
    if models.is_dir():
        shutil.copytree(models, into / "models" / "recommender", dirs_exist_ok=True)
    _copy_store(source / "bank.db", into / "bank.db")


def _copy_dialogue_model(source: Path, into: Path) -> None:
    model = dialogue_model_path(Settings(root=ROOT, var=source))
    target = into / "models" / "dialogue"
    target.mkdir(parents=True, exist_ok=True)
    for path in (model, model.with_name(f"{model.name}.seal")):
        if path.is_file():
            shutil.copy2(path, target / path.name)


def _copy_store(source: Path, into: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(into)) as new,
    ):
        old.backup(new)
        listed = new.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for table in (name for name in _CONVERSATION_TABLES if (name,) in listed):
            new.execute(f"DELETE FROM {table}")
        new.commit()
