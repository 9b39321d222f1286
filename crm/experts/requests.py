"""Requests for an expert, one matter each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables.conversations import ExpertRequest

NOTED = "noted"


@dataclass(frozen=True, slots=True)
class RequestForExpert:
    """What is asked of an expert.

    Attributes
    ----------
    turn_id
        The turn that asked; a turn makes one request at most.
    client_id
        The client it is about, if any.
    matter
        In the manager's own words.
    """

    turn_id: str
    employee_id: str
    client_id: str | None
    matter: str


def note_request(session: Session, request: RequestForExpert, at: datetime) -> int:
    """Write a request down and return its number; the same turn again returns the same number."""
    known = session.scalar(
        select(ExpertRequest.request_id).where(ExpertRequest.turn_id == request.turn_id)
    )
    if known is not None:
        return known
    row = ExpertRequest(
        turn_id=request.turn_id,
        employee_id=request.employee_id,
        client_id=request.client_id,
        topic=request.matter,
        noted_at=at,
        status=NOTED,
    )
    session.add(row)
    session.flush()
    return row.request_id
