"""Write to the audit log, in the transaction of what is being logged."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from crm.store.tables.audit import AuditRow
from crm.terms import Outcome


def record(  # a log line has as many parts as this
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    outcome: str,
    detail: Mapping[str, str | int],
) -> None:
    """Add one row to the audit log.

    Parameters
    ----------
    at
        When it happened, with a time zone.
    actor
        Who did it: an employee id, or the name of a process.
    action
        What was done, in the code's own words (`open_client`, `import`).
    subject
        Whom or what it was done to, such as a client id.
    outcome
        One of `allowed`, `refused`, `done`.
    detail
        What else is needed to understand the row later; no message text, no secrets.

    Raises
    ------
    ValueError
        When `outcome` is none of the three.
    """
    session.add(
        AuditRow(
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            outcome=Outcome(outcome),
            detail=dict(detail),
        )
    )
