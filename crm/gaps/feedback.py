"""What readers thought of answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from crm.store.tables.conversations import Message, Turn
from crm.store.tables.gaps import Feedback
from crm.terms import MessageRole, TurnStatus, Verdict


@dataclass(frozen=True, slots=True)
class AnsweredTurn:
    """The question behind an answer, and the entries it showed."""

    turn_id: str
    text: str
    language: str
    entries: tuple[str, ...]


def answered_turn(session: Session, message_id: int, conversation_id: str) -> AnsweredTurn | None:
    """Return what an answer of a conversation answered; None for anything else."""
    query = (
        select(Message, Turn)
        .join(Turn, Turn.turn_id == Message.turn_id)
        .where(
            Message.id == message_id,
            Message.conversation_id == conversation_id,
            Message.role == MessageRole.ASSISTANT,
        )
    )
    return _answered(session.execute(query).first())


def last_answered(session: Session, conversation_id: str, before_turn: str) -> AnsweredTurn | None:
    """Return what was answered last in a conversation before a turn; None at its beginning."""
    query = (
        select(Message, Turn)
        .join(Turn, Turn.turn_id == Message.turn_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.role == MessageRole.ASSISTANT,
            Turn.turn_id != before_turn,
            Turn.status == TurnStatus.ANSWERED,
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    return _answered(session.execute(query).first())


def asked_turn(session: Session, turn_id: str, conversation_id: str) -> AnsweredTurn | None:
    """Return the question of a turn of a conversation, with no entries; None for any other."""
    turn = session.get(Turn, turn_id)
    if turn is None or turn.conversation_id != conversation_id:
        return None
    return AnsweredTurn(turn.turn_id, turn.text, turn.language, ())


def give_feedback(
    session: Session, message_id: int, employee_id: str, verdict: Verdict, at: datetime
) -> None:
    """Keep a reader's last word on an answer."""
    row = session.get(Feedback, message_id) or Feedback(message_id=message_id)
    row.employee_id, row.verdict, row.given_at = employee_id, verdict, at
    session.add(row)
    session.flush()


def feedback_on(session: Session, message_ids: Sequence[int]) -> dict[int, Verdict]:
    """Return what was thought of these messages."""
    query = select(Feedback.message_id, Feedback.verdict).where(
        Feedback.message_id.in_(message_ids)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _answered(row: Row[Message, Turn] | None) -> AnsweredTurn | None:
    if row is None:
        return None
    message, turn = row
    shown = tuple(str(entry) for entry in message.body.get("entries", ()))
    return AnsweredTurn(turn.turn_id, turn.text, turn.language, shown)
