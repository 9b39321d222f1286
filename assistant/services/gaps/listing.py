"""The queue of open questions as a knowledge owner sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.services.gaps.owners import require_owner
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.employees import Employee, find_employee
from crm.gaps.queue import OpenGap, open_gaps
from crm.store.session import Session

SHOWN = 10


@dataclass(frozen=True, slots=True)
class GapQueue:
    """The open gaps, those most people asked about first.

    Attributes
    ----------
    first
        Place of the first one shown, from 0.
    owners
        Who sees to each, by number of the owner.
    """

    gaps: tuple[OpenGap, ...]
    first: int
    owners: Mapping[str, Employee]
    now: datetime


def list_gaps(resources: Resources, session: Session, question: Question) -> GapQueue:
    """Return the queue.

    Raises
    ------
    NotKnowledgeOwner
        The asker owns no knowledge.
    """
    require_owner(question, "list_gaps")
    first = int(question.choices.get("first", "0"))
    return gap_queue(session, resources.clock(), first)


def gap_queue(session: Session, now: datetime, first: int = 0) -> GapQueue:
    """Return the queue for somebody who may see it."""
    gaps = tuple(open_gaps(session))
    owners = {gap.owner_id: find_employee(session, gap.owner_id) for gap in gaps}
    return GapQueue(gaps, min(first, max(0, len(gaps) - 1)), owners, now)
