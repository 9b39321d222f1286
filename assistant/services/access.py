"""What an employee saw of a client, or changed, leaves a line in the audit log with its turn."""

from collections.abc import Iterable
from typing import Literal

from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.store import audit
from crm.store.session import Session


def log_access(
    session: Session, resources: Resources, question: Question, client_id: str, action: str
) -> None:
    """Record that an employee was shown a client of his own."""
    _record(session, resources, question, f"client:{client_id}", action, "allowed", {})


def log_list(
    session: Session,
    resources: Resources,
    question: Question,
    client_ids: Iterable[str],
    action: str,
) -> None:
    """Record that an employee was shown a list of clients of his own, each in a line."""
    for client_id in client_ids:
        log_access(session, resources, question, client_id, action)


def log_figures(session: Session, resources: Resources, question: Question, action: str) -> None:
    """Record that an employee was shown figures over his clients, and none of them alone."""
    subject = f"branch:{question.employee.branch_id}"
    _record(session, resources, question, subject, action, "allowed", {})


def log_change(
    session: Session,
    resources: Resources,
    question: Question,
    subject: str,
    action: str,
    **detail: str,
) -> None:
    """Record that an employee changed a record; `detail` says what it is now."""
    _record(session, resources, question, subject, action, "done", detail)


def _record(
    session: Session,
    resources: Resources,
    question: Question,
    subject: str,
    action: str,
    outcome: Literal["allowed", "done"],
    detail: dict[str, str],
) -> None:
    audit.record(
        session,
        at=resources.clock(),
        actor=question.employee.employee_id,
        action=action,
        subject=subject,
        outcome=outcome,
        detail={"turn": question.turn_id, **detail},
    )
