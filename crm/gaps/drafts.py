"""What a knowledge owner is writing: kept with every message, so that nothing typed is lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm.store.tables.gaps import GapDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """How far the work on a gap has come.

    Attributes
    ----------
    step
        What the owner decided to do with it: ``look``, ``new``, ``entry``, ``reject``.
    entry_id
        The entry the answer belongs to, where it is no new one.
    """

    gap_id: int
    step: str = "look"
    entry_id: str | None = None
    title_zh: str | None = None
    title_en: str | None = None
    answer_zh: str | None = None
    answer_en: str | None = None
    reason: str | None = None


def find_draft(session: Session, employee_id: str) -> Draft | None:
    """Return what an owner has in hand."""
    row = session.get(GapDraft, employee_id)
    if row is None:
        return None
    return Draft(
        gap_id=row.gap_id,
        step=row.step,
        entry_id=row.entry_id,
        title_zh=row.title_zh,
        title_en=row.title_en,
        answer_zh=row.answer_zh,
        answer_en=row.answer_en,
        reason=row.reason,
    )


def keep_draft(session: Session, employee_id: str, draft: Draft, at: datetime) -> None:
    """Keep what an owner has in hand, in place of what it was."""
    row = session.get(GapDraft, employee_id) or GapDraft(employee_id=employee_id)
    row.gap_id = draft.gap_id
    row.step = draft.step
    row.entry_id = draft.entry_id
    row.title_zh = draft.title_zh
    row.title_en = draft.title_en
    row.answer_zh = draft.answer_zh
    row.answer_en = draft.answer_en
    row.reason = draft.reason
    row.updated_at = at
    session.add(row)
    session.flush()


def drop_draft(session: Session, employee_id: str) -> None:
    """Forget what an owner had in hand."""
    row = session.get(GapDraft, employee_id)
    if row is not None:
        session.delete(row)
        session.flush()
