"""One store over SQLite or PostgreSQL: a transaction to write in, a session to read in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm.errors import StoreBroken, StoreUnreachable
from crm.store import sqlite


class Store:
    """The bank's records behind one database.

    Parameters
    ----------
    engine
        An engine made by `build_engine`; the store closes it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**{sqlite.WRITES: True})
        # Each database reads only the option that is meant for it.
        self._reading = engine.execution_options(
            **{sqlite.WRITES: False, "postgresql_readonly": True}
        )

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open one transaction: committed at the end, rolled back on any error."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session in which the database itself refuses every write."""
        with Session(self._reading, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()


def create_store(url: str) -> Store:
    """Open the store at a database URL.

    Parameters
    ----------
    url
        `sqlite:///path/to/file.db` or `postgresql://user@host/name`.

    Raises
    ------
    StoreBroken
        When the SQLite file is damaged or no database.
    """
    return Store(build_engine(url))


def build_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """Make an engine whose failures are the store's own errors.

    Parameters
    ----------
    foreign_keys
        Whether SQLite holds foreign keys; a migration that rebuilds tables must not.

    Raises
    ------
    StoreBroken
        When the SQLite file is damaged or no database.
    """
    address = _normalised(url)
    path = sqlite_path(url)
    if path is not None:
        sqlite.require_sound_file(path)
    # A failed statement is told without its values: they are client data, and errors are logged.
    engine = create_engine(address, pool_pre_ping=path is None, hide_parameters=True)
    if path is not None:
        sqlite.configure(engine, foreign_keys=foreign_keys)
    _translate_failures(engine, path, address.render_as_string(hide_password=True))
    return engine


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite URL, or None for a server."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return None
    return Path(address.database or "")


def _normalised(url: str) -> URL:
    """Choose psycopg 3 for the plain PostgreSQL URLs that hosts hand out."""
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return address


def _translate_failures(engine: Engine, path: Path | None, place: str) -> None:
    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        if path is not None and sqlite.is_damage(context.original_exception):
            raise StoreBroken(path) from context.original_exception
        # Without a connection the failure is that of connecting.
        failed = context.sqlalchemy_exception
        if context.connection is None and isinstance(failed, OperationalError):
            raise StoreUnreachable(place) from context.original_exception
