"""A migrated store with three invented employees, and deliverers over it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.replies.templates import Words
from assistant.settings import Settings
from crm.store import migrate
from crm.store.engine import create_store
from tests.support.outbox_bench import OutboxBench
from tests.support.staff import employ


@pytest.fixture(scope="session")
def staffed_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    migrate.upgrade(f"sqlite:///{path}")
    store = create_store(f"sqlite:///{path}")
    employ(store)
    store.close()
    return path


@pytest.fixture
def bench(staffed_bank: Path, tmp_path: Path) -> Iterator[OutboxBench]:
    path = tmp_path / "bank.db"
    with closing(sqlite3.connect(staffed_bank)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    store = create_store(f"sqlite:///{path}")
    yield OutboxBench(store, Words.load(Settings().replies_dir))
    store.close()
