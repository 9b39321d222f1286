"""A content folder, a store with two knowledge owners, and what looks at the folder."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assistant.services.good_content import GoodContent
from assistant.services.opening_content import open_content
from assistant.services.owners import OutboxNotices
from assistant.services.renewing import ContentRenewal, Look
from assistant.services.shelf import ContentShelf
from crm.store import migrate
from crm.store.engine import Store, create_store
from crm.store.tables.outbox import Outbox
from crm.terms import Role
from tests.knowledge.conftest import write_content
from tests.support.staff import employ

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
STAFF = {
    "E0001": (Role.MANAGER, "B1"),
    "E0002": (Role.KNOWLEDGE_OWNER, "B1"),
    "E0003": (Role.KNOWLEDGE_OWNER, "B1"),
    "E0004": (Role.LEADER, "B2"),
}


@dataclass(slots=True)
class Process:
    """What one service process has: its own shelf over the shared folder and store."""

    renewal: ContentRenewal

    @property
    def shelf(self) -> ContentShelf:
        return self.renewal.shelf

    def settle(self) -> Look:
        """Look until the folder is no longer found to be changing."""
        look = Look.SETTLING
        for _ in range(3):
            look = self.renewal.look()
            if look is not Look.SETTLING:
                break
        return look

    def department(self, entry_id: str) -> str:
        entry = self.shelf.library.entry(entry_id, "zh")
        assert entry is not None
        return entry.department


@dataclass(slots=True)
class Bank:
    """The folder and the store that processes share."""

    root: Path
    store: Store
    kept: Path

    def process(self) -> Process:
        good = GoodContent(self.kept)
        opened = open_content(self.root, good, TODAY)
        renewal = ContentRenewal(
            shelf=ContentShelf(opened.library),
            root=self.root,
            store=self.store,
            good=good,
            notices=OutboxNotices(lambda: NOW),
            today=lambda: TODAY,
            clock=lambda: NOW,
            opened=opened.stamp,
        )
        return Process(renewal)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def told(self, kind: str) -> list[dict[str, Any]]:
        """Return the notices of a kind that wait in the outbox."""
        with self.store.read() as session:
            rows = session.scalars(select(Outbox).order_by(Outbox.outbox_id)).all()
        return [
            {"to": row.employee_id, **row.body["values"]}
            for row in rows
            if row.body["kind"] == kind
        ]


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "bank.db"
    migrate.upgrade(f"sqlite:///{path}")
    store = create_store(f"sqlite:///{path}")
    employ(store, STAFF)
    store.close()
    return path


@pytest.fixture
def bank(staffed: Path, tmp_path: Path) -> Iterator[Bank]:
    path = tmp_path / "bank.db"
    with closing(sqlite3.connect(staffed)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    store = create_store(f"sqlite:///{path}")
    yield Bank(write_content(tmp_path / "content"), store, tmp_path / "kept")
    store.close()
