"""What SQLite needs to be told: pragmas, honest transactions, and a look at the file."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from crm.errors import StoreBroken

WRITES = "crm_writes"
"""Execution option of an engine whose transactions write."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def require_sound_file(path: Path) -> None:
    """Refuse a file that is no SQLite database or is shorter than its header says.

    The header's layout is that of https://www.sqlite.org/fileformat.html, section 1.3.

    Raises
    ------
    StoreBroken
        When the file is not a database or was cut off. A missing or empty file is a new store.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise StoreBroken(path)
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size > 0:
        return  # the journal may still hold the pages the file lacks
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    # The page count holds only if the change counter was written along with it.
    if header[24:28] == header[92:96] and path.stat().st_size < pages * page_size:
        raise StoreBroken(path)


def is_damage(error: BaseException | None) -> bool:
    """Tell whether a driver's error means that the file itself is damaged."""
    return isinstance(error, sqlite3.Error) and (
        getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
    )


def configure(engine: Engine, *, foreign_keys: bool) -> None:
    """Set the pragmas of every connection, and begin transactions explicitly.

    The driver on its own would run table changes outside the transaction, and would take the
    write lock only at the first write, where waiting for it can no longer help.
    """

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor: Any = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 10000")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        # These two take no lock and cannot fail, so they spare the way through the engine.
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        if writes:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            driver.execute("BEGIN")
