"""Which gap a new question belongs to; the same questions in the same order give the same gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from knowledge.gaps.likeness import Asked, Likeness


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are taken for one."""

    number: int
    asked: tuple[Asked, ...]


def group_of(question: Asked, groups: Iterable[Group], likeness: Likeness) -> int | None:
    """Return the number of the group a question belongs to, the most alike; None for a new one."""
    fits = [(_fit(question, group, likeness), -group.number) for group in groups]
    best = max(fits, default=(-1.0, 0))
    return -best[1] if best[0] >= 0 else None


def maybe_same(group: Group, others: Sequence[Group], likeness: Likeness) -> int | None:
    """Return the one other group that may ask the same in the other language; None for none."""
    scored = [(_across(group, other, likeness), -other.number) for other in others]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= likeness.settings.maybe_across else None


def _fit(question: Asked, group: Group, likeness: Likeness) -> float:
    """Return by how much the average likeness to a group is above what it takes to belong.

    The average keeps one wrong member from drawing in others. Questions of the same language
    decide where there are any.
    """
    own = [likeness.between(question, q) for q in group.asked if q.language == question.language]
    if own:
        return fmean(own) - likeness.settings.alike
    other = [likeness.between(question, asked) for asked in group.asked]
    return fmean(other) - likeness.settings.alike_across


def _across(group: Group, other: Group, likeness: Likeness) -> float:
    return max(
        (
            likeness.between(one, two)
            for one in group.asked
            for two in other.asked
            if one.language != two.language
        ),
        default=0.0,
    )
