"""Bring a store's tables to the version this code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from crm.store import sqlite
from crm.store.engine import build_engine, sqlite_path

_SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(url: str) -> None:
    """Create or change the tables up to the newest version, in one transaction.

    Raises
    ------
    StoreBroken
        When the SQLite file is damaged or no database.
    StoreUnreachable
        When the database cannot be opened.
    """
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = build_engine(url, foreign_keys=False).execution_options(**{sqlite.WRITES: True})
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def check(url: str) -> bool:
    """Tell whether the store's tables are of the newest version.

    Raises
    ------
    StoreBroken
        When the SQLite file is damaged or no database.
    StoreUnreachable
        When the database cannot be opened.
    """
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return False  # asking must not create the file
    engine = build_engine(url)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_heads()
    finally:
        engine.dispose()
    return set(current) == set(ScriptDirectory(str(_SCRIPTS)).get_heads())


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
