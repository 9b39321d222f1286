"""What was suggested to whom, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.clients import Client
from crm.store.tables.conversations import Turn
from crm.store.tables.organisation import Employee
from crm.store.tables.products import Product
from crm.terms import OutcomeKind, RefusalReason


class Suggestion(Base):
    """A product shown for a client, or withheld at random to measure what showing is worth.

    `list_kind` is the list it stood on, `chance` what the model gave it, between 0 and 1.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        Index(None, "employee_id", "shown_at"),
        Index(None, "client_id", "product_id"),
    )

    suggestion_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id))
    product_id: Mapped[str] = mapped_column(ForeignKey(Product.product_id))
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id))
    list_kind: Mapped[str]
    shown_at: Mapped[datetime]
    model_version: Mapped[str]
    play: Mapped[str | None]
    chance: Mapped[float]
    withheld: Mapped[bool] = mapped_column(default=False, server_default=false())


class OutcomeRow(Base):
    """What an employee said became of an offer; a withdrawn one counts no more."""

    __tablename__ = "outcomes"
    __table_args__ = (
        Index(None, "client_id", "product_id"),
        Index(None, "employee_id", "said_at"),
    )

    outcome_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey(Client.client_id))
    product_id: Mapped[str] = mapped_column(ForeignKey(Product.product_id), index=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id))
    kind: Mapped[OutcomeKind]
    reason: Mapped[RefusalReason | None]
    said_at: Mapped[datetime]
    turn_id: Mapped[str] = mapped_column(ForeignKey(Turn.turn_id), unique=True)
    model_version: Mapped[str | None]
    play: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
