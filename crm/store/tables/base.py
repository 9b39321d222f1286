"""The base of every table: constraint names and what a Python type is stored as."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase

from crm.store.types import Fen, UtcDateTime

# Named constraints can be dropped and renamed by a migration on both databases.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(vocabulary: type[StrEnum]) -> list[str]:
    return [member.value for member in vocabulary]


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012  # read by SQLAlchemy, not by instances
        Fen: BigInteger,
        datetime: UtcDateTime,
        StrEnum: Enum(StrEnum, native_enum=False, length=32, values_callable=_values),
        list[str]: JSON,
        dict[str, Any]: JSON,
    }
