"""What the knowledge content said when it last went live, and what each change of it was."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base


class ContentVersion(Base):
    """Content that went live; numbered without gaps, so that two writers cannot take one number."""

    __tablename__ = "content_versions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[str]
    live_at: Mapped[datetime]
    items: Mapped[int]
    changes: Mapped[int]


class ContentItem(Base):
    """An entry in one language, or a tariff row, as the newest version has it."""

    __tablename__ = "content_items"

    kind: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    fields: Mapped[dict[str, Any]]


class ContentChange(Base):
    """One field of an item that became different; a whole item has an empty field name."""

    __tablename__ = "content_changes"
    __table_args__ = (Index(None, "kind", "item_id"), Index(None, "on_day"))

    change_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(ForeignKey(ContentVersion.number))
    kind: Mapped[str]
    item_id: Mapped[str]
    language: Mapped[str]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    at: Mapped[datetime]
    on_day: Mapped[date]
    by: Mapped[str]
