"""Small pieces of the queries behind the frames."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Enum, String, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from crm.store.tables import Base


def as_stored(table: type[Base], names: Iterable[str]) -> list[ColumnElement[Any]]:
    """Return columns of a table, with codes as plain text instead of members of a vocabulary."""
    columns = table.__table__.columns
    return [
        type_coerce(columns[name], String).label(name)
        if isinstance(columns[name].type, Enum)
        else columns[name]
        for name in names
    ]


def only(
    column: InstrumentedAttribute[str], ids: Collection[str] | None
) -> list[ColumnElement[bool]]:
    """Return the condition that narrows a query to some ids, or none when all are meant."""
    return [] if ids is None else [column.in_(ids)]
