"""The conversation log: turns, messages and spent buttons, written with their cause.

A turn is answered exactly once: every write of an answer goes through `_close`, which
succeeds only while the turn is open, so a late action cannot answer a turn already given up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import MessageRefused, TurnClosed
from assistant.replies.blocks import File, Picture
from assistant.turns import attachments
from crm.store.order import one_at_a_time
from crm.store.tables.conversations import Message, SpentButton, Turn

OPEN = ("received", "running")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as a channel received it.

    Attributes
    ----------
    text
        What the person typed, or the title of the button pressed.
    payload
        The dialogue payload of a verified button, otherwise empty.
    nonce
        The single-use nonce of that button.
    """

    conversation_id: str
    message_id: str
    employee_id: str
    channel: str
    text: str
    language: Literal["zh", "en"]
    payload: str = ""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """One line of the conversation as it is shown."""

    id: int
    conversation_id: str
    turn_id: str | None
    role: str
    at: datetime
    body: dict[str, Any]


def find_turn(session: Session, conversation_id: str, message_id: str) -> str | None:
    """Return the turn that already took this message, if any."""
    return session.scalar(
        select(Turn.turn_id).where(
            Turn.conversation_id == conversation_id, Turn.message_id == message_id
        )
    )


def is_closed(messages: Sequence[LoggedMessage]) -> bool:
    """Tell from a turn's messages whether it was answered or given up: either is told in one."""
    return any(message.role == "assistant" for message in messages)


def open_turn(session: Session, turn_id: str, incoming: Incoming, at: datetime) -> LoggedMessage:
    """Write a received message and its open turn.

    Raises
    ------
    MessageRefused
        The button was pressed before.
    """
    session.add(
        Turn(
            turn_id=turn_id,
            conversation_id=incoming.conversation_id,
            message_id=incoming.message_id,
            employee_id=incoming.employee_id,
            text=incoming.text,
            button=incoming.payload or None,
            language=incoming.language,
            status="received",
            received_at=at,
            finished_at=None,
        )
    )
    session.flush()
    if incoming.nonce:
        _spend(session, incoming, turn_id, at)
    body = {
        "text": incoming.text,
        "language": incoming.language,
        "message_id": incoming.message_id,
        "pressed": bool(incoming.nonce),
    }
    return _append(session, incoming.conversation_id, turn_id, "user", at, body)


def answer_turn(
    session: Session,
    turn_id: str,
    conversation_id: str,
    body: dict[str, Any],
    at: datetime,
    kept: Iterable[Picture | File] = (),
) -> LoggedMessage:
    """Close an open turn with its answer, and keep the answer's pictures and files.

    Raises
    ------
    TurnClosed
        The turn was answered or given up before.
    """
    _close(session, turn_id, "answered", at)
    answer = _append(session, conversation_id, turn_id, "assistant", at, body)
    attachments.keep(session, answer.id, conversation_id, kept, at)
    return answer


def fail_turn(
    session: Session, turn_id: str, conversation_id: str, body: dict[str, Any], at: datetime
) -> LoggedMessage:
    """Close an open turn as failed, telling the person so; its button may be pressed again.

    Raises
    ------
    TurnClosed
        The turn was answered or given up before.
    """
    _close(session, turn_id, "failed", at)
    session.execute(delete(SpentButton).where(SpentButton.turn_id == turn_id))
    return _append(session, conversation_id, turn_id, "assistant", at, body)


def tell_unasked(
    session: Session, conversation_id: str, body: dict[str, Any], at: datetime
) -> LoggedMessage:
    """Append a message of the assistant that answers no turn."""
    return _append(session, conversation_id, None, "assistant", at, body)


def habits(session: Session, employee_id: str) -> tuple[str, str] | None:
    """Return where an employee last wrote, and the language last told there; None when never."""
    last_turn = (
        select(Turn.conversation_id, Turn.language)
        .where(Turn.employee_id == employee_id)
        .order_by(Turn.received_at.desc())
        .limit(1)
    )
    turn = session.execute(last_turn).first()
    if turn is None:
        return None
    last_told = (
        select(Message.body)
        .where(Message.conversation_id == turn.conversation_id, Message.role == "assistant")
        .order_by(Message.id.desc())
        .limit(1)
    )
    told = session.scalar(last_told) or {}
    return turn.conversation_id, str(told.get("language", turn.language))


def replies(session: Session, turn_id: str) -> list[LoggedMessage]:
    """Return a turn's messages, the person's own first."""
    query = select(Message).where(Message.turn_id == turn_id).order_by(Message.id)
    return [_logged(row) for row in session.execute(query).scalars()]


def history(
    session: Session,
    conversation_id: str,
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> tuple[list[LoggedMessage], bool]:
    """Return a page of the conversation, oldest first, and whether there is more beyond it."""
    query = select(Message).where(Message.conversation_id == conversation_id)
    if after is not None:
        query = query.where(Message.id > after).order_by(Message.id).limit(limit + 1)
        rows = [_logged(row) for row in session.execute(query).scalars()]
        return rows[:limit], len(rows) > limit
    if before is not None:
        query = query.where(Message.id < before)
    query = query.order_by(Message.id.desc()).limit(limit + 1)
    rows = [_logged(row) for row in session.execute(query).scalars()]
    return rows[:limit][::-1], len(rows) > limit


def overdue(session: Session, before: datetime) -> Sequence[tuple[str, str, str]]:
    """Return (turn, conversation, language) of the open turns received before a moment."""
    query = (
        select(Turn.turn_id, Turn.conversation_id, Turn.language)
        .where(Turn.status.in_(OPEN), Turn.received_at < before)
        .order_by(Turn.received_at)
    )
    return [(row.turn_id, row.conversation_id, row.language) for row in session.execute(query)]


def _spend(session: Session, incoming: Incoming, turn_id: str, at: datetime) -> None:
    session.add(
        SpentButton(
            nonce=incoming.nonce,
            conversation_id=incoming.conversation_id,
            turn_id=turn_id,
            spent_at=at,
        )
    )
    try:
        session.flush()
    except IntegrityError as spent:
        raise MessageRefused("button_spent") from spent


def _close(session: Session, turn_id: str, status: str, at: datetime) -> None:
    closed = session.execute(
        update(Turn)
        .where(Turn.turn_id == turn_id, Turn.status.in_(OPEN))
        .values(status=status, finished_at=at)
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult for an UPDATE
        raise TurnClosed(turn_id)


def _append(
    session: Session,
    conversation_id: str,
    turn_id: str | None,
    role: str,
    at: datetime,
    body: dict[str, Any],
) -> LoggedMessage:
    one_at_a_time(session, conversation_id)  # streams follow the numbers of messages
    row = Message(conversation_id=conversation_id, turn_id=turn_id, role=role, at=at, body=body)
    session.add(row)
    session.flush()
    return _logged(row)


def _logged(row: Message) -> LoggedMessage:
    return LoggedMessage(row.id, row.conversation_id, row.turn_id, row.role, row.at, row.body)
