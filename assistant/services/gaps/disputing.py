"""That is not what I meant: the last answer is noted as wrong, and what else fits is offered."""

from dataclasses import dataclass

from assistant.services.gaps.noting import note_wrong
from assistant.services.procedures import reader
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.gaps.feedback import AnsweredTurn, last_answered
from crm.store.session import Session
from crm.terms import GapKind
from knowledge.entries import Entry
from knowledge.language import language_of

_OFFERED = 3
_LEAST = 0.15


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
    library, asker = resources.content.library, reader(question.employee)
    found: dict[str, Entry] = {}
    for text in (question.text, answered.text):
        result = library.search(text, language_of(text), question.today, asker)
        least = _LEAST if text == answered.text else 1.0
        for hit in result.hits:
            entry = library.entry(hit.entry.entry_id, question.language)
            fits = result.found or hit.score >= least
            if entry is not None and fits and entry.entry_id not in answered.entries[:1]:
                found.setdefault(entry.entry_id, entry)
    return tuple(found.values())[:_OFFERED]
