"""Sorting what was asked into gaps, and seeing to it that each has an owner who is reminded.

What asks the same is worked out beforehand, while nobody has to wait; it is written only where
nothing has changed meanwhile, so several processes may sort side by side.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.identity import Clock
from assistant.services.gaps import telling
from assistant.services.gaps.owners import least_burdened, possible_owners
from assistant.services.shelf import ContentShelf
from crm.gaps import answers, asks, queue
from crm.gaps.asks import Ask
from crm.store.engine import Store
from crm.store.order import one_at_a_time
from crm.store.session import Session
from crm.terms import GapKind
from knowledge.gaps.grouping import Group, group_of
from knowledge.gaps.likeness import Asked

LOCK = "gaps"
_JUST_ANSWERED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was asked, as it stood when it was read.

    Attributes
    ----------
    answered
        In gaps answered just now: what was asked before that may still come in.
    """

    new: tuple[Ask, ...]
    open: tuple[tuple[int, Ask], ...]
    answered: tuple[tuple[int, Ask], ...]


@dataclass(frozen=True, slots=True)
class GapClerk:
    """Sorts, assigns and reminds; a clock of the service calls it.

    Attributes
    ----------
    days
        How long an owner has.
    """

    store: Store
    content: ContentShelf
    clock: Clock
    days: int
    owners: Callable[[Session], Sequence[str]] = possible_owners

    def sort(self) -> int:
        """Put every new question into a gap; return how many were."""
        with self.store.read() as session:
            known = self._known(session)
        if not known.new:
            return 0
        plan = self._plan(known)
        with self.store.begin() as session:
            one_at_a_time(session, LOCK)
            if self._known(session) != known:
                return 0  # another process was quicker: look again at the next turn of the clock
            self._write(session, known.new, plan)
        return len(known.new)

    def see_to_owners(self) -> int:
        """Reassign what lost its owner and remind of what is overdue; return how many of both."""
        now = self.clock()
        with self.store.read() as session:
            owners, late, lost = self.owners(session), [], []
            for gap in queue.open_gaps(session):
                lost += [gap] if gap.owner_id not in owners else []
                late += [gap] if gap.due_at <= now else []
        if not (late or lost):
            return 0
        with self.store.begin() as session:
            burden = queue.open_by_owner(session)
            for gap in lost:
                owner = least_burdened(owners, burden)
                burden[owner] = burden.get(owner, 0) + 1
                queue.set_owner(session, gap.gap_id, owner)
            told = sum(telling.remind(session, gap.gap_id, now) for gap in late)
        return told + len(lost)

    def _plan(self, known: _Known) -> list[int]:
        """Return for each new question the number of its gap; a negative one is a gap to open."""
        groups: dict[int, list[Asked]] = {}
        for gap_id, ask in (*known.open, *known.answered):
            groups.setdefault(gap_id, []).append(asked(ask))
        answered = {gap_id for gap_id, _ in known.answered}
        likeness = self.content.library.likeness([*_all(groups), *map(asked, known.new)])
        plan: list[int] = []
        for ask in known.new:
            late = ask.kind is GapKind.NOT_FOUND  # who dislikes an answer does not wait for it
            stand = [Group(n, tuple(of)) for n, of in groups.items() if late or n not in answered]
            found = group_of(asked(ask), stand, likeness)
            number = -ask.ask_id if found is None else found
            groups.setdefault(number, []).append(asked(ask))
            plan.append(number)
        return plan

    def _known(self, session: Session) -> _Known:
        just = self.clock().replace(second=0, microsecond=0) - _JUST_ANSWERED
        return _Known(
            tuple(asks.unsorted_asks(session)),
            tuple(queue.asks_in_open_gaps(session)),
            tuple(queue.asks_in_answered_gaps(session, just)),
        )

    def _write(self, session: Session, new: Sequence[Ask], plan: Sequence[int]) -> None:
        now = self.clock()
        opened: dict[int, int] = {}
        for ask, number in zip(new, plan, strict=True):
            if number < 0 and number not in opened:
                opened[number] = self._open(session, ask, now)
            gap_id = opened.get(number, number)
            asks.put_into(session, ask.ask_id, gap_id)
            if (answer := answers.answer_of(session, gap_id)) is not None:
                telling.tell_answer(session, [ask], answer, self.content.library, now)

    def _open(self, session: Session, first: Ask, now: datetime) -> int:
        owner = least_burdened(self.owners(session), queue.open_by_owner(session))
        return queue.open_gap(session, first, owner, now, now + timedelta(days=self.days))


def _all(groups: Mapping[int, Sequence[Asked]]) -> Iterator[Asked]:
    return (one for group in groups.values() for one in group)


def asked(ask: Ask) -> Asked:
    """Return a kept question as it is compared."""
    return Asked(ask.text, "en" if ask.language == "en" else "zh")
