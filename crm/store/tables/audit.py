"""The audit log: who did what to whom, and how it ended. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.terms import Outcome


class AuditRow(Base):
    """One audited action.

    `actor` and `subject` are plain text: the log must hold refused strangers and unknown ids.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "subject", "at"), Index(None, "actor", "at"))

    audit_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    outcome: Mapped[Outcome]
    detail: Mapped[dict[str, Any]]
