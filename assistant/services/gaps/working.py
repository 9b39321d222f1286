"""A knowledge owner's work on one gap: look, decide, write, see it as it will be, publish.

What is in an owner's hands is kept with every message; each call returns how the work stands and
what is wanted next.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.services.errors import GapGone
from assistant.services.gaps.owners import require_owner
from assistant.services.gaps.sorting import asked
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.gaps import asks, drafts, queue
from crm.gaps.asks import Ask
from crm.gaps.drafts import Draft
from crm.gaps.queue import OpenGap
from crm.store.session import Session
from crm.terms import GapStatus
from knowledge.entries import Entry
from knowledge.gaps.grouping import Group, maybe_same

_NEAREST = 3
_TITLES = ("title_zh", "title_en")
_ANSWERS = ("answer_zh", "answer_en")


class Step(StrEnum):
    """What a button of the dialogue does with a gap."""

    LOOK = "look"
    NEW = "new"
    ENTRY = "entry"
    AS_IT_IS = "as_it_is"
    REJECT = "reject"
    CHANGE = "change"
    PUBLISH = "publish"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class GapWork:
    """How the work on a gap stands.

    Attributes
    ----------
    wanted
        The text to be typed next (``title_zh`` … ``answer_en``, ``reason``); None where the owner
        has to decide.
    ready
        Whether everything is there and only the last word is missing.
    entry
        The entry that was chosen, in the owner's language.
    nearest
        Entries the askers were shown, the most often shown first.
    maybe
        An open gap that may ask the same in the other language.
    """

    gap: OpenGap
    asks: tuple[Ask, ...]
    draft: Draft
    wanted: str | None
    ready: bool
    entry: Entry | None
    nearest: tuple[Entry, ...]
    maybe: OpenGap | None


def work_on(resources: Resources, session: Session, question: Question) -> GapWork:
    """Take what an owner pressed or typed, and return how the work stands.

    Raises
    ------
    NotKnowledgeOwner
        The asker owns no knowledge.
    GapGone
        There is no such open gap.
    """
    require_owner(question, "work_on_gap")
    owner = question.employee.employee_id
    before = drafts.find_draft(session, owner)
    draft = _pressed(before, question) if question.choices else _typed(before, question)
    drafts.keep_draft(session, owner, draft, resources.clock())
    return _work(resources, session, question, draft)


def work_in_hand(resources: Resources, session: Session, question: Question) -> GapWork:
    """Return the work as it stands, changing nothing.

    Raises
    ------
    NotKnowledgeOwner
        The asker owns no knowledge.
    GapGone
        Nothing is in hand, or the gap was closed meanwhile.
    """
    require_owner(question, "work_on_gap")
    draft = drafts.find_draft(session, question.employee.employee_id)
    if draft is None:
        raise GapGone
    return _work(resources, session, question, draft)


def _pressed(before: Draft | None, question: Question) -> Draft:
    """Return the draft after a button; texts written for the same gap before are kept."""
    gap_id, step = int(question.choices["gap_id"]), Step(question.choices["gap_step"])
    draft = before if before is not None and before.gap_id == gap_id else Draft(gap_id)
    if step is Step.CHANGE:
        return replace(
            draft, title_zh=None, title_en=None, answer_zh=None, answer_en=None, reason=None
        )
    entry_id = question.choices.get("entry_id")
    if step is Step.AS_IT_IS:
        return replace(draft, step=step, entry_id=entry_id, answer_zh=None, answer_en=None)
    if step is Step.ENTRY and entry_id != draft.entry_id:
        return Draft(gap_id, step, entry_id)
    return replace(draft, step=step, entry_id=entry_id)


def _typed(before: Draft | None, question: Question) -> Draft:
    if before is None:
        raise GapGone
    wanted = wanted_text(before, question)
    typed: dict[str, Any] = {} if wanted is None else {wanted: question.text.strip()}
    return replace(before, **typed)


def wanted_text(draft: Draft, question: Question) -> str | None:
    """Return which text is to be typed next, those in the owner's language first."""
    names: tuple[str, ...] = ()
    if draft.step == Step.NEW:
        names = (*_TITLES, *_ANSWERS)
    elif draft.step == Step.ENTRY:
        names = _ANSWERS
    elif draft.step == Step.REJECT:
        names = ("reason",)
    own_first = sorted(names, key=lambda name: not name.endswith(question.language))
    return next((name for name in own_first if getattr(draft, name) is None), None)


def _work(resources: Resources, session: Session, question: Question, draft: Draft) -> GapWork:
    gap = queue.find_gap(session, draft.gap_id)
    if gap is None or gap.status is not GapStatus.OPEN:
        raise GapGone
    library = resources.content.library
    inside = tuple(asks.asks_of(session, gap.gap_id))
    wanted = wanted_text(draft, question)
    entry = library.entry(draft.entry_id, question.language) if draft.entry_id else None
    looking = draft.step == Step.LOOK
    return GapWork(
        gap=gap,
        asks=inside,
        draft=draft,
        wanted=wanted,
        ready=wanted is None and not looking,
        entry=entry,
        nearest=_nearest(resources, question, inside),
        maybe=_maybe_same(resources, session, gap, inside) if looking else None,
    )


def _nearest(
    resources: Resources, question: Question, inside: tuple[Ask, ...]
) -> tuple[Entry, ...]:
    shown: dict[str, float] = {}
    for ask in inside:
        for place, entry_id in enumerate(ask.nearest, start=1):
            shown[entry_id] = shown.get(entry_id, 0.0) + 1 / place
    best = sorted(shown, key=lambda entry_id: (-shown[entry_id], entry_id))
    found = (resources.content.library.entry(e, question.language) for e in best)
    return tuple(entry for entry in found if entry is not None)[:_NEAREST]


def _maybe_same(
    resources: Resources, session: Session, gap: OpenGap, inside: tuple[Ask, ...]
) -> OpenGap | None:
    others: dict[int, list[Ask]] = {}
    for gap_id, ask in queue.asks_in_open_gaps(session):
        if gap_id != gap.gap_id:
            others.setdefault(gap_id, []).append(ask)
    every = [asked(ask) for ask in (*inside, *(a for one in others.values() for a in one))]
    likeness = resources.content.library.likeness(every)
    mine = Group(gap.gap_id, tuple(asked(ask) for ask in inside))
    groups = [Group(number, tuple(map(asked, of))) for number, of in others.items()]
    number = maybe_same(mine, groups, likeness)
    return None if number is None else queue.find_gap(session, number)
