"""Messages the assistant sends of its own accord: written with their cause, delivered later.

A message is a row from the moment its cause is committed. Whoever delivers it claims it for a
short time, and marks it delivered only while the claim holds, in the transaction that shows it:
so a deliverer that dies leaves a row that is taken again when the claim runs out, and two
deliverers never mark the same row.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm.errors import ClaimLost
from crm.store.tables.outbox import Outbox

LEASE = timedelta(seconds=10)
_LONGEST_PAUSE_SECONDS = 600
_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to one employee.

    Attributes
    ----------
    dedup_key
        One cause, one key: a second message with the same key is not written.
    caused_by
        What made it be written, such as ``gap:12``.
    body
        What is to be told, JSON-able; it is put into words when it is delivered.
    conversation_id
        Where to tell it; None is where the employee last wrote.
    due_at
        When to tell it; None is at once.
    """

    dedup_key: str
    employee_id: str
    caused_by: str
    body: Mapping[str, Any]
    conversation_id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is this claim's to deliver until its lease runs out.

    Attributes
    ----------
    attempt
        Counted from 1; more than 1 means that an earlier one failed or died.
    """

    outbox_id: int
    claim: str
    dedup_key: str
    employee_id: str
    conversation_id: str | None
    body: Mapping[str, Any]
    attempt: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages are due and not delivered, and since when the oldest of them is."""

    count: int
    oldest: datetime | None


def enqueue(session: Session, message: Outgoing, at: datetime) -> bool:
    """Write a message in the transaction of its cause; return whether it was new."""
    insert = _INSERTS[session.get_bind().dialect.name](Outbox).values(
        dedup_key=message.dedup_key,
        employee_id=message.employee_id,
        conversation_id=message.conversation_id,
        body=dict(message.body),
        caused_by=message.caused_by,
        created_at=at,
        due_at=message.due_at or at,
        attempts=0,
    )
    once = insert.on_conflict_do_nothing(index_elements=["dedup_key"])
    return session.execute(once.returning(Outbox.outbox_id)).first() is not None


def claim(session: Session, at: datetime, *, limit: int, lease: timedelta = LEASE) -> list[Claimed]:
    """Take messages that are due, the longest due first; commit before delivering them.

    The conditions stand in the UPDATE itself, so that of two processes that chose the same row
    only one changes it.
    """
    mark = uuid.uuid4().hex
    chosen = (
        select(Outbox.outbox_id)
        .where(*_free(at))
        .order_by(Outbox.due_at, Outbox.outbox_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = session.scalars(chosen).all()
    session.execute(
        update(Outbox)
        .where(Outbox.outbox_id.in_(ids), *_free(at))
        .values(claimed_by=mark, held_until=at + lease, attempts=Outbox.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    taken = (
        select(Outbox).where(Outbox.claimed_by == mark).order_by(Outbox.due_at, Outbox.outbox_id)
    )
    return [_claimed(row, mark) for row in session.scalars(taken)]


def delivered(session: Session, message: Claimed, at: datetime) -> None:
    """Mark a message delivered, in the transaction that shows it.

    Raises
    ------
    ClaimLost
        Another has taken or delivered it meanwhile; what this transaction wrote must not stay.
    """
    _still_held(session, message, delivered_at=at, claimed_by=None, held_until=None)


def failed(session: Session, message: Claimed, at: datetime, error: str) -> None:
    """Let go of a message that could not be delivered; it is tried again after a pause.

    The pause doubles with each attempt, from one second up to ten minutes.

    Raises
    ------
    ClaimLost
        Another has taken or delivered it meanwhile.
    """
    pause = timedelta(seconds=min(2.0 ** min(message.attempt - 1, 16), _LONGEST_PAUSE_SECONDS))
    _still_held(
        session,
        message,
        claimed_by=None,
        held_until=at + pause,
        last_error=error[:_LONGEST_ERROR],
    )


def any_due(session: Session, at: datetime) -> bool:
    """Tell whether there is anything to claim."""
    return session.scalar(select(Outbox.outbox_id).where(*_free(at)).limit(1)) is not None


def waiting(session: Session, at: datetime) -> Waiting:
    """Count what is due and not delivered, being delivered or not."""
    query = select(func.count(), func.min(Outbox.due_at)).where(
        Outbox.delivered_at.is_(None), Outbox.due_at <= at
    )
    count, oldest = session.execute(query).one()
    return Waiting(count, oldest)


def _free(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Outbox.delivered_at.is_(None),
        Outbox.due_at <= at,
        or_(Outbox.held_until.is_(None), Outbox.held_until <= at),
    )


def _still_held(session: Session, message: Claimed, **values: Any) -> None:
    changed = session.execute(
        update(Outbox)
        .where(
            Outbox.outbox_id == message.outbox_id,
            Outbox.claimed_by == message.claim,
            Outbox.delivered_at.is_(None),
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for an UPDATE
        raise ClaimLost(message.outbox_id)


def _claimed(row: Outbox, mark: str) -> Claimed:
    return Claimed(
        outbox_id=row.outbox_id,
        claim=mark,
        dedup_key=row.dedup_key,
        employee_id=row.employee_id,
        conversation_id=row.conversation_id,
        body=row.body,
        attempt=row.attempts,
    )


_INSERTS: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
