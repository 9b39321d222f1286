"""Each time somebody was left without a right answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.store.tables.gaps import GapAsk
from crm.terms import GapKind


@dataclass(frozen=True, slots=True)
class Ask:
    """One question that had no right answer.

    Attributes
    ----------
    text
        What was typed, without anything that tells a client.
    nearest
        Entries that were shown with it, the nearest first.
    """

    ask_id: int
    turn_id: str
    kind: GapKind
    employee_id: str
    language: str
    text: str
    asked_at: datetime
    asked_on: date
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewAsk:
    """The same before it is written."""

    turn_id: str
    kind: GapKind
    employee_id: str
    language: str
    text: str
    nearest: Sequence[str]


def note_ask(session: Session, asked: NewAsk, at: datetime, on: date) -> None:
    """Write a question down; it only adds a row, and is sorted into a gap later."""
    session.add(
        GapAsk(
            gap_id=None,
            turn_id=asked.turn_id,
            kind=asked.kind,
            employee_id=asked.employee_id,
            language=asked.language,
            text=asked.text,
            asked_at=at,
            asked_on=on,
            nearest=list(asked.nearest),
            withdrawn_at=None,
        )
    )


def is_noted(session: Session, turn_id: str, kind: GapKind) -> bool:
    """Tell whether a turn was noted for this before."""
    query = select(GapAsk.ask_id).where(GapAsk.turn_id == turn_id, GapAsk.kind == kind)
    return session.scalar(query) is not None


def set_withdrawn(session: Session, turn_id: str, kind: GapKind, at: datetime | None) -> bool:
    """Withdraw what was noted of a turn, or take that back; return whether there was anything."""
    changed = session.execute(
        update(GapAsk)
        .where(GapAsk.turn_id == turn_id, GapAsk.kind == kind)
        .values(withdrawn_at=at)
        .execution_options(synchronize_session="fetch")
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # a CursorResult for an UPDATE


def unsorted_asks(session: Session) -> list[Ask]:
    """Return what is in no gap yet, in the order it was asked."""
    query = select(GapAsk).where(GapAsk.gap_id.is_(None), GapAsk.withdrawn_at.is_(None))
    return [ask_of(row) for row in session.scalars(query.order_by(GapAsk.ask_id))]


def asks_of(session: Session, gap_id: int) -> list[Ask]:
    """Return what a gap is made of, in the order it was asked."""
    query = select(GapAsk).where(GapAsk.gap_id == gap_id, GapAsk.withdrawn_at.is_(None))
    return [ask_of(row) for row in session.scalars(query.order_by(GapAsk.ask_id))]


def put_into(session: Session, ask_id: int, gap_id: int) -> None:
    """Make a question part of a gap."""
    session.execute(update(GapAsk).where(GapAsk.ask_id == ask_id).values(gap_id=gap_id))


def ask_of(row: GapAsk) -> Ask:
    """Return a stored question."""
    return Ask(
        ask_id=row.ask_id,
        turn_id=row.turn_id,
        kind=row.kind,
        employee_id=row.employee_id,
        language=row.language,
        text=row.text,
        asked_at=row.asked_at,
        asked_on=row.asked_on,
        nearest=tuple(row.nearest),
    )
