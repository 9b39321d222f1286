"""I need an expert: the request is noted with its matter, and the fitting experts are named."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.expert_fields import field_of, fields_in
from assistant.understanding.folding import fold
from crm.employees import Employee, list_employees
from crm.experts.requests import RequestForExpert, note_request
from crm.store.session import Session
from crm.terms import Role

_MOST_EXPERTS = 3


@dataclass(frozen=True, slots=True)
class NotedRequest:
    """A request as it was noted.

    Attributes
    ----------
    experts
        Experts whose field the matter names, all of them when it names none.
    """

    request_id: int
    matter: str
    experts: tuple[Employee, ...]


def consult_expert(resources: Resources, session: Session, question: Question) -> NotedRequest:
    """Note that an expert is wanted, once a turn."""
    request = RequestForExpert(
        turn_id=question.turn_id,
        employee_id=question.employee.employee_id,
        client_id=question.memory.client_id,
        matter=question.text,
    )
    request_id = note_request(session, request, resources.clock())
    return NotedRequest(request_id, question.text, _fitting(session, question.text))


def names_matter(session: Session, question: Question) -> bool:
    """Tell whether a message says what the expert is wanted for, not only that one is.

    It does when it was asked for, or when it names the field of one of the bank's experts in
    either language, however the field was recorded.
    """
    pending = question.memory.pending
    if pending is not None and pending.detail == "matter":
        return True
    return bool(_in_field(list_employees(session, Role.EXPERT), question.text))


def _in_field(experts: Sequence[Employee], matter: str) -> list[Employee]:
    named, said = fields_in(matter), fold(matter)
    return [
        expert
        for expert in experts
        if any(field_of(field) in named or fold(field) in said for field in expert.expertise)
    ]


def _fitting(session: Session, matter: str) -> tuple[Employee, ...]:
    experts = list_employees(session, Role.EXPERT)
    return tuple((_in_field(experts, matter) or experts)[:_MOST_EXPERTS])
