"""A question that was declined, kept because its asker says that it is the bank's business."""

from assistant.services import errors
from assistant.services.gaps.noting import note_wrong, says_something
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.gaps.feedback import asked_turn
from crm.store.session import Session
from crm.terms import GapKind


def may_be_kept(question: Question) -> bool:
    """Tell whether a text says enough to be a question for a knowledge owner."""
    return says_something(question.text)


def keep(resources: Resources, session: Session, question: Question) -> None:
    """Keep the question of the turn that was declined, once however often it is asked.

    Raises
    ------
    QuestionGone
        There is no such turn in this conversation.
    """
    asked = asked_turn(session, question.choices.get("asked_turn", ""), question.conversation_id)
    if asked is None:
        raise errors.QuestionGone
    note_wrong(resources, session, question.employee, asked, GapKind.NOT_FOUND)
