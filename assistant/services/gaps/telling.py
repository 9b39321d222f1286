"""What is told unasked: askers of what became of their question, owners of what is late."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.replies.notices import notice
from assistant.services.procedures import reader
from crm.employees import find_employee
from crm.gaps import queue
from crm.gaps.answers import Given
from crm.gaps.asks import Ask
from crm.outbox import Outgoing, enqueue
from crm.store.session import Session
from crm.terms import GapStatus
from knowledge.entries import Entry
from knowledge.language import LANGUAGES
from knowledge.library import Library

ANSWERED, REJECTED = "gaps.told_answer", "gaps.told_rejection"
NOT_OPEN, OVERDUE = "gaps.told_not_open", "gaps.overdue"


def tell_answer(
    session: Session, asked: Sequence[Ask], given: Given, library: Library, at: datetime
) -> int:
    """Tell everybody who asked what the answer is, if he may read it; return how many."""
    known = {spoken: library.entry(given.entry_id, spoken) for spoken in LANGUAGES}
    told = {
        "entry_id": given.entry_id,
        "zh": _told(known["zh"], given.title_zh, given.answer_zh),
        "en": _told(known["en"], given.title_en, given.answer_en),
    }
    readers = [ask for ask in asked if _may_read(session, known["zh"], ask.employee_id)]
    others = [ask for ask in asked if ask not in readers]
    count = _to_askers(session, readers, ANSWERED, told, at)
    return count + _to_askers(session, others, NOT_OPEN, {}, at)


def tell_rejection(session: Session, asked: Sequence[Ask], reason: str, at: datetime) -> int:
    """Tell everybody who asked why there will be no answer; return how many."""
    return _to_askers(session, asked, REJECTED, {"reason": reason}, at)


def remind(session: Session, gap_id: int, now: datetime) -> bool:
    """Remind the owner of an open gap that is late, once a day; return whether it was said."""
    gap = queue.find_gap(session, gap_id)
    if gap is None or gap.status is not GapStatus.OPEN or gap.due_at > now:
        return False
    late = (now - gap.due_at).days
    body = notice(OVERDUE, number=gap.gap_id, wording=gap.wording, askers=gap.askers, days=late)
    key = f"gap-overdue:{gap.gap_id}:{gap.owner_id}:{late}"
    return enqueue(session, Outgoing(key, gap.owner_id, f"gap:{gap.gap_id}", body), now)


def _told(known: Entry | None, title: str | None, answer: str | None) -> dict[str, str | None]:
    return {"title": title or (known.title if known else None), "answer": answer}


def _may_read(session: Session, entry: Entry | None, employee_id: str) -> bool:
    return entry is None or entry.readable_by(reader(find_employee(session, employee_id)))


def _to_askers(
    session: Session, asked: Sequence[Ask], kind: str, told: Mapping[str, object], at: datetime
) -> int:
    first: dict[str, Ask] = {}
    for ask in asked:
        first.setdefault(ask.employee_id, ask)
    for employee_id, ask in first.items():
        body = notice(kind, asked=ask.text, on=ask.asked_on.isoformat(), **told)
        key = f"{kind}:{ask.ask_id}"
        enqueue(session, Outgoing(key, employee_id, f"ask:{ask.ask_id}", body), at)
    return len(first)
