"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Annotated

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from crm.errors import NaiveDatetime

Fen = Annotated[int, "fen"]
"""Money in yuan's minor unit; always CNY in this store."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and read back with its zone.

    Raises
    ------
    NaiveDatetime
        When a time without a zone is written (SQLAlchemy wraps it in `StatementError`).
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise NaiveDatetime
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        if value is None:
            return None
        # SQLite keeps no zone: what it holds was written in UTC above.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
