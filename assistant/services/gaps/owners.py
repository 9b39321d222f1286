"""Who sees to a gap: always somebody, as few open ones as possible."""

from collections.abc import Mapping, Sequence

from assistant.services.errors import NotKnowledgeOwner
from assistant.services.question import Question
from crm.employees import list_employees
from crm.store.session import Session
from crm.terms import Role

_IN_TURN = (Role.KNOWLEDGE_OWNER, Role.ADMINISTRATOR, Role.LEADER, Role.MANAGER)


def require_owner(question: Question, what: str) -> None:
    """Let only knowledge owners go on.

    Raises
    ------
    NotKnowledgeOwner
        The asker is none; it goes to the audit log.
    """
    if question.employee.role is not Role.KNOWLEDGE_OWNER:
        raise NotKnowledgeOwner(what)


def possible_owners(session: Session) -> list[str]:
    """Return the knowledge owners; where a bank has none, whoever is next to answer for it."""
    for role in _IN_TURN:
        if found := list_employees(session, role):
            return [employee.employee_id for employee in found]
    return [employee.employee_id for employee in list_employees(session)]


def least_burdened(owners: Sequence[str], burden: Mapping[str, int]) -> str:
    """Return the owner with the fewest open gaps, the first by number where several have."""
    return min(owners, key=lambda owner: (burden.get(owner, 0), owner))
