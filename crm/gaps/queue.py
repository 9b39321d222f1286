"""The gaps that are open: who sees to each, until when, and how many asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select, update
from sqlalchemy.orm import Session

from crm.errors import GapClosed
from crm.gaps.asks import Ask, ask_of
from crm.store.tables.gaps import Gap, GapAsk
from crm.terms import GapStatus


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap with its figures.

    Attributes
    ----------
    wording
        How it was first asked.
    askers, asks
        How many people asked, and how often in all.
    """

    gap_id: int
    language: str
    wording: str
    status: GapStatus
    owner_id: str
    due_at: datetime
    askers: int
    asks: int
    first_asked: datetime
    last_asked: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """How a gap is closed, by whom and when; `entry_id` answers it, or `reason` says why not."""

    status: GapStatus
    by: str
    at: datetime
    reason: str | None = None
    entry_id: str | None = None


def open_gap(session: Session, first: Ask, owner_id: str, at: datetime, due_at: datetime) -> int:
    """Open a gap for a question and return its number."""
    row = Gap(
        language=first.language,
        wording=first.text,
        status=GapStatus.OPEN,
        owner_id=owner_id,
        opened_at=at,
        due_at=due_at,
        closed_at=None,
        closed_by=None,
        reason=None,
        entry_id=None,
    )
    session.add(row)
    session.flush()
    return row.gap_id


def open_gaps(session: Session) -> list[OpenGap]:
    """Return the open gaps, those most people asked about first, then the longest waiting."""
    return [_gap(row) for row in session.execute(_counted().where(Gap.status == GapStatus.OPEN))]


def find_gap(session: Session, gap_id: int) -> OpenGap | None:
    """Return a gap of any status; None where there is none, or nothing of it is left."""
    row = session.execute(_counted().where(Gap.gap_id == gap_id)).first()
    return None if row is None else _gap(row)


def asks_in_open_gaps(session: Session) -> list[tuple[int, Ask]]:
    """Return every question of every open gap, with the gap's number."""
    return _asks_where(session, Gap.status == GapStatus.OPEN)


def asks_in_answered_gaps(session: Session, since: datetime) -> list[tuple[int, Ask]]:
    """Return every question of the gaps answered since a moment, with the gap's number."""
    return _asks_where(session, (Gap.status == GapStatus.ANSWERED) & (Gap.closed_at >= since))


def close_gap(session: Session, gap_id: int, closing: Closing) -> None:
    """Close an open gap.

    Raises
    ------
    GapClosed
        It was closed before, maybe by somebody else in the same moment.
    """
    changed = session.execute(
        update(Gap)
        .where(Gap.gap_id == gap_id, Gap.status == GapStatus.OPEN)
        .values(
            status=closing.status,
            closed_at=closing.at,
            closed_by=closing.by,
            reason=closing.reason,
            entry_id=closing.entry_id,
        )
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for an UPDATE
        raise GapClosed(gap_id)


def join_gaps(session: Session, gap_id: int, into: int, closing: Closing) -> None:
    """Put all questions of one open gap into another.

    Raises
    ------
    GapClosed
        One of them is no longer open.
    """
    if session.scalar(select(Gap.status).where(Gap.gap_id == into)) != GapStatus.OPEN:
        raise GapClosed(into)
    close_gap(session, gap_id, closing)
    session.execute(update(GapAsk).where(GapAsk.gap_id == gap_id).values(gap_id=into))


def open_by_owner(session: Session) -> dict[str, int]:
    """Return how many open gaps each owner has."""
    query = select(Gap.owner_id, func.count()).where(Gap.status == GapStatus.OPEN)
    return {row[0]: row[1] for row in session.execute(query.group_by(Gap.owner_id))}


def set_owner(session: Session, gap_id: int, owner_id: str) -> None:
    """Give an open gap to another owner."""
    session.execute(update(Gap).where(Gap.gap_id == gap_id).values(owner_id=owner_id))


def _asks_where(session: Session, counts: ColumnElement[bool]) -> list[tuple[int, Ask]]:
    query = (
        select(GapAsk)
        .join(Gap, Gap.gap_id == GapAsk.gap_id)
        .where(counts, GapAsk.withdrawn_at.is_(None))
        .order_by(GapAsk.ask_id)
    )
    return [(int(row.gap_id or 0), ask_of(row)) for row in session.scalars(query)]


def _counted() -> Select[Gap, int, int, datetime, datetime]:
    askers = func.count(distinct(GapAsk.employee_id))
    first = func.min(GapAsk.asked_at)
    return (
        select(Gap, askers, func.count(GapAsk.ask_id), first, func.max(GapAsk.asked_at))
        .join(GapAsk, GapAsk.gap_id == Gap.gap_id)
        .where(GapAsk.withdrawn_at.is_(None))
        .group_by(Gap.gap_id)
        .order_by(askers.desc(), first, Gap.gap_id)
    )


def _gap(row: Row[Gap, int, int, datetime, datetime]) -> OpenGap:
    gap, askers, asks, first, last = row
    return OpenGap(
        gap_id=gap.gap_id,
        language=gap.language,
        wording=gap.wording,
        status=gap.status,
        owner_id=gap.owner_id,
        due_at=gap.due_at,
        askers=askers,
        asks=asks,
        first_asked=first,
        last_asked=last,
    )
