"""The log of conversations: turns, messages, spent buttons, requests to experts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.clients import Client
from crm.store.tables.organisation import Employee
from crm.terms import MessageRole, TurnStatus


class Turn(Base):
    """One message of a person and the work of answering it."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "message_id"),
        Index(None, "conversation_id", "received_at"),
        Index(None, "employee_id", "received_at"),
    )

    turn_id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str]
    message_id: Mapped[str]
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id))
    text: Mapped[str]
    button: Mapped[str | None]
    language: Mapped[str]
    status: Mapped[TurnStatus]
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Message(Base):
    """One message as shown in the chat, in the order it was shown."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "conversation_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str]
    turn_id: Mapped[str | None] = mapped_column(ForeignKey(Turn.turn_id))
    role: Mapped[MessageRole]
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]


class SpentButton(Base):
    """A button that was pressed and does nothing a second time."""

    __tablename__ = "spent_buttons"

    nonce: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str]
    turn_id: Mapped[str] = mapped_column(ForeignKey(Turn.turn_id))
    spent_at: Mapped[datetime]


class ExpertRequest(Base):
    """A question an employee wants an expert to answer."""

    __tablename__ = "expert_requests"

    request_id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(ForeignKey(Turn.turn_id), unique=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), index=True)
    client_id: Mapped[str | None] = mapped_column(ForeignKey(Client.client_id))
    topic: Mapped[str]
    noted_at: Mapped[datetime]
    status: Mapped[str]
