"""What knowledge owners wrote in answer to gaps: versions of entries kept in the store."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.store.tables.gaps import GapAnswer
from crm.store.tables.organisation import Employee


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to a gap.

    Attributes
    ----------
    entry_id
        The entry it belongs to.
    version
        The entry's new version; None where it answers as it stands.
    title_zh, title_en
        Of an entry that is new; None where it is one of the files.
    wordings
        How people asked, to be known by the search from now on.
    """

    gap_id: int
    entry_id: str
    version: int | None
    title_zh: str | None
    title_en: str | None
    answer_zh: str | None
    answer_en: str | None
    wordings: tuple[str, ...]
    answered_by: str


@dataclass(frozen=True, slots=True)
class Answer(Given):
    """The same as it is kept, with the name of who wrote it and the day."""

    answer_id: int
    author: str
    author_en: str
    answered_on: date


def new_entry_id(gap_id: int) -> str:
    """Return the id of the entry that a gap's answer makes."""
    return f"answer-{gap_id}"


def add_answer(session: Session, answer: Given, at: datetime, on: date) -> None:
    """Write an answer down."""
    session.add(
        GapAnswer(
            gap_id=answer.gap_id,
            entry_id=answer.entry_id,
            version=answer.version,
            title_zh=answer.title_zh,
            title_en=answer.title_en,
            answer_zh=answer.answer_zh,
            answer_en=answer.answer_en,
            wordings=list(answer.wordings),
            answered_by=answer.answered_by,
            answered_at=at,
            answered_on=on,
        )
    )
    session.flush()


def newest_answer(session: Session) -> int:
    """Return the number of the newest answer; 0 when there is none."""
    return session.scalar(select(func.max(GapAnswer.answer_id))) or 0


def newest_version(session: Session, entry_id: str) -> int:
    """Return the highest version of an entry that was written here; 0 when there is none."""
    query = select(func.max(GapAnswer.version)).where(GapAnswer.entry_id == entry_id)
    return session.scalar(query) or 0


def answer_of(session: Session, gap_id: int) -> Answer | None:
    """Return what was written in answer to a gap."""
    return next((answer for answer in all_answers(session) if answer.gap_id == gap_id), None)


def all_answers(session: Session) -> list[Answer]:
    """Return every answer, the oldest first."""
    query = (
        select(GapAnswer, Employee)
        .join(Employee, Employee.employee_id == GapAnswer.answered_by)
        .order_by(GapAnswer.answer_id)
    )
    return [
        Answer(
            answer_id=row.answer_id,
            gap_id=row.gap_id,
            entry_id=row.entry_id,
            version=row.version,
            title_zh=row.title_zh,
            title_en=row.title_en,
            answer_zh=row.answer_zh,
            answer_en=row.answer_en,
            wordings=tuple(row.wordings),
            answered_by=row.answered_by,
            author=person.name,
            author_en=person.name_en or person.name,
            answered_on=row.answered_on,
        )
        for row, person in session.execute(query)
    ]
