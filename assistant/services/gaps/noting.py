"""Keeping what could not be answered, or was answered wrongly."""

import re
from collections.abc import Sequence

from assistant.services.gaps.masking import without_clients
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.employees import Employee
from crm.gaps import asks
from crm.gaps.asks import NewAsk
from crm.gaps.feedback import AnsweredTurn, answered_turn, give_feedback
from crm.store.session import Session
from crm.terms import GapKind, Verdict

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_FEWEST_CHINESE, _FEWEST_LATIN = 4, 3
_FEWEST_CHINESE_NAMED, _FEWEST_LATIN_NAMED = 8, 6


def note_not_found(
    resources: Resources, session: Session, question: Question, nearest: Sequence[str]
) -> bool:
    """Keep a question that no entry answers; return whether it says enough to be kept."""
    if not says_something(question.text):
        return False
    text = without_clients(resources, session, question.employee, question.text)
    new = NewAsk(
        question.turn_id,
        GapKind.NOT_FOUND,
        question.employee.employee_id,
        question.language,
        text,
        nearest,
    )
    asks.note_ask(session, new, resources.clock(), question.today)
    return True


def note_unpriced(resources: Resources, session: Session, question: Question) -> bool:
    """Keep a question for the price of something that has none; return whether it was kept.

    Only what is long enough to name something counts: "what is the fee?" alone is unfinished.
    """
    long_enough = says_something(question.text, _FEWEST_CHINESE_NAMED, _FEWEST_LATIN_NAMED)
    return long_enough and note_not_found(resources, session, question, ())


def note_wrong(
    resources: Resources,
    session: Session,
    employee: Employee,
    answered: AnsweredTurn,
    kind: GapKind,
) -> None:
    """Keep a question whose answer its asker did not accept; once a turn and kind."""
    if asks.is_noted(session, answered.turn_id, kind):
        asks.set_withdrawn(session, answered.turn_id, kind, None)
        return
    text = without_clients(resources, session, employee, answered.text)
    new = NewAsk(
        answered.turn_id, kind, employee.employee_id, answered.language, text, answered.entries
    )
    asks.note_ask(session, new, resources.clock(), resources.today())


def take_feedback(
    resources: Resources,
    session: Session,
    employee: Employee,
    place: tuple[str, int],
    verdict: Verdict,
) -> bool:
    """Keep what a reader thought of an answer; return False where there is no such answer.

    Parameters
    ----------
    place
        Conversation and message.
    """
    conversation_id, message_id = place
    answered = answered_turn(session, message_id, conversation_id)
    if answered is None:
        return False
    give_feedback(session, message_id, employee.employee_id, verdict, resources.clock())
    if verdict is Verdict.DOWN:
        note_wrong(resources, session, employee, answered, GapKind.THUMBS_DOWN)
    else:
        asks.set_withdrawn(session, answered.turn_id, GapKind.THUMBS_DOWN, resources.clock())
    return True


def says_something(
    text: str, fewest_chinese: int = _FEWEST_CHINESE, fewest_latin: int = _FEWEST_LATIN
) -> bool:
    """Tell whether a text has enough characters or words to be a question of its own."""
    chinese, latin = len(_CHINESE.findall(text)), len(_LATIN.findall(text))
    return chinese + latin >= (fewest_chinese if chinese else fewest_latin)
