"""A turn runner over a real store, fresh for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.identity import Signer
from assistant.replies.templates import Words
from assistant.replies.writer import ReplyWriter
from assistant.settings import Settings
from crm.store import migrate
from crm.store.engine import create_store
from tests.support.staff import employ
from tests.support.turn_bench import Bench, Clock, SmallDialogue


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(Settings().replies_dir)


@pytest.fixture(scope="session")
def empty_bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated database file with three invented employees."""
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    migrate.upgrade(f"sqlite:///{path}")
    store = create_store(f"sqlite:///{path}")
    employ(store)
    store.close()
    return path


@pytest.fixture
def bench(empty_bank: Path, tmp_path: Path, words: Words) -> Iterator[Bench]:
    path = tmp_path / "bank.db"
    path.write_bytes(empty_bank.read_bytes())
    store = create_store(f"sqlite:///{path}")
    clock = Clock()
    signer = Signer("a-throw-away-secret-of-more-than-32-bytes")
    writer = ReplyWriter(words, signer)
    yield Bench(store, signer, writer, SmallDialogue(store, signer, writer), clock)
    store.close()
