"""Messages the assistant sends of its own accord, written together with what caused them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.organisation import Employee


class Outbox(Base):
    """One message to deliver at least once; `dedup_key` keeps a cause from writing it twice.

    `due_at` is when it was to be told. `held_until` keeps others away from a row that is being
    delivered, or that is to be tried again later; `claimed_by` is the claim that holds it.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "delivered_at", "due_at"),)

    outbox_id: Mapped[int] = mapped_column(primary_key=True)
    dedup_key: Mapped[str] = mapped_column(unique=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), index=True)
    conversation_id: Mapped[str | None]
    body: Mapped[dict[str, Any]]
    caused_by: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    held_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
