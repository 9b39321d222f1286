"""What knowledge owners wrote in answer to gaps: versions of entries kept in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.store.tables.gaps import GapAnswer
from crm.store.tables.organisation import Employee


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer before it is written.

    Attributes
    ----------
    entry_id
        The entry it belongs to; None makes a new one.
    version
        The entry's new version; None where it answers as it stands.
    wordings
        How people asked, to be known by the search from now on.
    """

    gap_id: int
    entry_id: str | None
    version: int | None
    title_zh: str | None
    title_en: str | None
    answer_zh: str | None
    answer_en: str | None
    wordings: Sequence[str]
    answered_by: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept, with the names of who wrote it."""

    answer_id: int
    gap_id: int
    entry_id: str
    version: int | None
    title_zh: str | None
    title_en: str | None
    answer_zh: str | None
    answer_en: str | None
    wordings: tuple[str, ...]
    answered_by: str
    author: str
    author_en: str
    answered_on: date


def add_answer(session: Session, answer: NewAnswer, at: datetime, on: date) -> str:
    """Write an answer down and return the id of its entry."""
    entry_id = answer.entry_id or f"answer-{answer.gap_id}"
    session.add(
        GapAnswer(
            gap_id=answer.gap_id,
            entry_id=entry_id,
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
    return entry_id


def newest_answer(session: Session) -> int:
    """Return the number of the newest answer; 0 when there is none."""
    return session.scalar(select(func.max(GapAnswer.answer_id))) or 0


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
