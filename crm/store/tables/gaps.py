"""Questions without an answer: what was asked, the gaps they make up, and how those closed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.tables.conversations import Message, Turn
from crm.store.tables.organisation import Employee
from crm.terms import GapKind, GapStatus, Verdict


class Gap(Base):
    """One thing the knowledge does not say, with the owner who has to see to it.

    `wording` is how it was first asked; `entry_id` is the entry that answers it now.
    """

    __tablename__ = "gaps"
    __table_args__ = (Index(None, "status", "due_at"),)

    gap_id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str]
    wording: Mapped[str]
    status: Mapped[GapStatus]
    owner_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), index=True)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey(Employee.employee_id))
    reason: Mapped[str | None]
    entry_id: Mapped[str | None]


class GapAsk(Base):
    """One time somebody was left without a right answer; `gap_id` is empty until it is sorted.

    `text` is what was typed, with names and numbers of clients blotted out; `nearest` are the
    entries that were shown with it.
    """

    __tablename__ = "gap_asks"
    __table_args__ = (UniqueConstraint("turn_id", "kind"), Index(None, "gap_id", "asked_at"))

    ask_id: Mapped[int] = mapped_column(primary_key=True)
    gap_id: Mapped[int | None] = mapped_column(ForeignKey(Gap.gap_id))
    turn_id: Mapped[str] = mapped_column(ForeignKey(Turn.turn_id))
    kind: Mapped[GapKind]
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id))
    language: Mapped[str]
    text: Mapped[str]
    asked_at: Mapped[datetime]
    asked_on: Mapped[date]
    nearest: Mapped[list[str]]
    withdrawn_at: Mapped[datetime | None]


class GapDraft(Base):
    """What a knowledge owner has written so far; one gap at a time is in an owner's hands."""

    __tablename__ = "gap_drafts"

    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey(Gap.gap_id))
    step: Mapped[str]
    entry_id: Mapped[str | None]
    title_zh: Mapped[str | None]
    title_en: Mapped[str | None]
    answer_zh: Mapped[str | None]
    answer_en: Mapped[str | None]
    reason: Mapped[str | None]
    updated_at: Mapped[datetime]


class GapAnswer(Base):
    """A version of an entry that a knowledge owner wrote in answer to a gap.

    The titles are empty where an entry of the files was added to; answers and version are empty
    where it answers as it stands and only the wordings are new.
    """

    __tablename__ = "gap_answers"
    __table_args__ = (
        UniqueConstraint("gap_id"),
        UniqueConstraint("entry_id", "version"),
        {"sqlite_autoincrement": True},
    )

    answer_id: Mapped[int] = mapped_column(primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey(Gap.gap_id))
    entry_id: Mapped[str]
    version: Mapped[int | None]
    title_zh: Mapped[str | None]
    title_en: Mapped[str | None]
    answer_zh: Mapped[str | None]
    answer_en: Mapped[str | None]
    wordings: Mapped[list[str]]
    answered_by: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id))
    answered_at: Mapped[datetime]
    answered_on: Mapped[date]


class Feedback(Base):
    """What a reader thought of one answer; the last word counts."""

    __tablename__ = "feedback"

    message_id: Mapped[int] = mapped_column(ForeignKey(Message.id), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey(Employee.employee_id), index=True)
    verdict: Mapped[Verdict]
    given_at: Mapped[datetime]
