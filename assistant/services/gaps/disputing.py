"""That is not what I meant: the last answer is noted as wrong, and what else fits is offered."""

from dataclasses import dataclass

from assistant.services.gaps.noting import note_wrong
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.gaps.feedback import AnsweredTurn, last_answered
from crm.store.session import Session
from crm.terms import GapKind
from knowledge.entries import Entry

_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Dispute:
    """The question whose answer was disputed, and the entries that may be meant instead."""

    asked: str
    alternatives: tuple[Entry, ...]


def dispute(resources: Resources, session: Session, question: Question) -> Dispute | None:
    """Note the last answer of this conversation as wrong; None where there is none."""
    answered = last_answered(session, question.conversation_id, question.turn_id)
    if answered is None:
        return None
    note_wrong(resources, session, question.employee, answered, GapKind.DISPUTED)
    return Dispute(answered.text, _others(resources, question, answered))


def _others(resources: Resources, question: Question, answered: AnsweredTurn) -> tuple[Entry, ...]:
    """Return what fits the question besides what was shown; what is added in the dispute first."""
    library, role = resources.content.library, str(question.employee.role)
    found: dict[str, Entry] = {}
    for text in (question.text, answered.text):
        result = library.search(text, question.language, question.today, role)
        hits = result.hits if result.found or text == answered.text else ()
        for hit in hits:
            if hit.entry.entry_id not in answered.entries[:1]:
                found.setdefault(hit.entry.entry_id, hit.entry)
    return tuple(found.values())[:_OFFERED]
