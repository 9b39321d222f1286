"""Every look at a client leaves a line in the audit log."""

from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.store import audit
from crm.store.session import Session


def log_access(
    session: Session, resources: Resources, question: Question, client_id: str, action: str
) -> None:
    """Record that an employee was shown a client of his own."""
    audit.record(
        session,
        at=resources.clock(),
        actor=question.employee.employee_id,
        action=action,
        subject=f"client:{client_id}",
        outcome="allowed",
        detail={"turn": question.turn_id},
    )
