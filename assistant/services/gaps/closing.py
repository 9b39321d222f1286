"""The last word on a gap: an answer, a refusal, or that it is another gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.services.access import log_change
from assistant.services.errors import GapGone
from assistant.services.gaps import telling
from assistant.services.gaps.masking import MASK
from assistant.services.gaps.owners import require_owner
from assistant.services.gaps.sorting import LOCK
from assistant.services.gaps.working import GapWork, Step, work_in_hand
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.errors import GapClosed
from crm.gaps import answers, drafts, queue
from crm.gaps.answers import Given, new_entry_id
from crm.gaps.asks import Ask
from crm.gaps.queue import Closing
from crm.store.order import one_at_a_time
from crm.store.session import Session
from crm.terms import GapStatus
from knowledge.entries import Entry


@dataclass(frozen=True, slots=True)
class Closed:
    """How a gap was closed, and how many askers are told."""

    work: GapWork
    status: GapStatus
    told: int


def close(resources: Resources, session: Session, question: Question) -> Closed:
    """Publish what the owner wrote, or reject with the reason written.

    Raises
    ------
    NotKnowledgeOwner
        The asker owns no knowledge.
    GapGone
        Nothing is ready, or the gap was closed meanwhile.
    """
    one_at_a_time(session, LOCK)
    work = work_in_hand(resources, session, question)
    meant = question.choices.get("gap_id", str(work.gap.gap_id))
    if not work.ready or meant != str(work.gap.gap_id):
        raise GapGone
    if work.draft.step == Step.REJECT:
        return _reject(resources, session, question, work)
    return _publish(resources, session, question, work)


def join(resources: Resources, session: Session, question: Question) -> int:
    """Put a gap's questions into another gap that asks the same; return the other's number.

    Raises
    ------
    NotKnowledgeOwner
        The asker owns no knowledge.
    GapGone
        One of them was closed meanwhile.
    """
    require_owner(question, "join_gaps")
    one_at_a_time(session, LOCK)
    gap_id, into = int(question.choices["gap_id"]), int(question.choices["gap_into"])
    closing = _closing(resources, question, GapStatus.JOINED, reason=str(into))
    try:
        queue.join_gaps(session, gap_id, into, closing)
    except GapClosed as closed:
        raise GapGone from closed
    log_change(session, resources, question, f"gap:{gap_id}", "join_gap")
    return into


def _publish(resources: Resources, session: Session, question: Question, work: GapWork) -> Closed:
    draft = work.draft
    adds = draft.step != Step.AS_IT_IS
    entry_id = draft.entry_id or new_entry_id(work.gap.gap_id)
    given = Given(
        gap_id=work.gap.gap_id,
        entry_id=entry_id,
        version=_next_version(session, work.entry, entry_id) if adds else None,
        title_zh=draft.title_zh if draft.entry_id is None else None,
        title_en=draft.title_en if draft.entry_id is None else None,
        answer_zh=draft.answer_zh,
        answer_en=draft.answer_en,
        wordings=_wordings(work.asks),
        answered_by=question.employee.employee_id,
    )
    answers.add_answer(session, given, resources.clock(), question.today)
    _close(resources, session, question, work, GapStatus.ANSWERED, entry_id=entry_id)
    library = resources.content.library
    told = telling.tell_answer(session, work.asks, given, library, resources.clock())
    return Closed(work, GapStatus.ANSWERED, told)


def _reject(resources: Resources, session: Session, question: Question, work: GapWork) -> Closed:
    reason = str(work.draft.reason)
    _close(resources, session, question, work, GapStatus.REJECTED, reason=reason)
    told = telling.tell_rejection(session, work.asks, reason, resources.clock())
    return Closed(work, GapStatus.REJECTED, told)


def _close(
    resources: Resources,
    session: Session,
    question: Question,
    work: GapWork,
    status: GapStatus,
    *,
    reason: str | None = None,
    entry_id: str | None = None,
) -> None:
    closing = _closing(resources, question, status, reason=reason, entry_id=entry_id)
    try:
        queue.close_gap(session, work.gap.gap_id, closing)
    except GapClosed as closed:
        raise GapGone from closed
    drafts.drop_draft(session, question.employee.employee_id)
    log_change(session, resources, question, f"gap:{work.gap.gap_id}", f"gap_{status}")


def _closing(
    resources: Resources,
    question: Question,
    status: GapStatus,
    *,
    reason: str | None = None,
    entry_id: str | None = None,
) -> Closing:
    by = question.employee.employee_id
    return Closing(status, by, resources.clock(), reason=reason, entry_id=entry_id)


def _next_version(session: Session, entry: Entry | None, entry_id: str) -> int:
    kept = answers.newest_version(session, entry_id)
    return max(kept, entry.version if entry is not None else 0) + 1


def _wordings(asked: Sequence[Ask]) -> tuple[str, ...]:
    """Return each way of asking once, without what was blotted out."""
    plain = (" ".join(ask.text.replace(MASK, " ").split()) for ask in asked)
    return tuple(wording for wording in dict.fromkeys(plain) if wording)
