"""A fresh store for every test, and the shipped content."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.replies.templates import Words
from assistant.settings import Settings
from crm.store import migrate
from crm.store.engine import create_store
from knowledge.library import Library
from tests.support.gap_bench import STAFF, TODAY, GapBench
from tests.support.staff import employ


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(Settings().replies_dir)


@pytest.fixture(scope="session")
def files() -> Library:
    return Library.load(Settings().content_dir, TODAY)


@pytest.fixture
def bench(tmp_path: Path, words: Words, files: Library) -> Iterator[GapBench]:
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    migrate.upgrade(url)
    store = create_store(url)
    employ(store, STAFF)
    yield GapBench(store, words, files)
    store.close()
