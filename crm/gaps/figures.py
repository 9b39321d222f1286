"""The figures of the loop: how much was asked, answered, how fast, and what most of all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables.gaps import Feedback, Gap, GapAsk
from crm.terms import GapStatus, Verdict


@dataclass(frozen=True, slots=True)
class GapFigures:
    """Figures over the gaps that were opened since a moment.

    Attributes
    ----------
    opened, answered, rejected, still_open, overdue
        How many gaps; joined ones count with the gap they were joined into.
    asks, askers
        How many questions without an answer, and how many people asked them.
    answered_share
        Answered gaps among those opened, from 0 to 1; None without any.
    median_time
        From the first asking to the answer, of the answered ones; None without any.
    most_asked
        (gap, wording, times asked, what became of it), the most asked first.
    thumbs_up, thumbs_down
        What readers said of answers in the same time.
    weeks
        Monday of each week, with the gaps opened and the gaps answered in it.
    """

    opened: int
    answered: int
    rejected: int
    still_open: int
    overdue: int
    asks: int
    askers: int
    answered_share: float | None
    median_time: timedelta | None
    most_asked: tuple[tuple[int, str, int, GapStatus], ...]
    thumbs_up: int
    thumbs_down: int
    weeks: tuple[tuple[date, int, int], ...]


def gap_figures(session: Session, now: datetime, since: datetime, most: int = 5) -> GapFigures:
    """Count the loop since a moment.

    Parameters
    ----------
    most
        How many of the most asked to name.
    """
    gaps = session.scalars(
        select(Gap).where(Gap.opened_at >= since, Gap.status != GapStatus.JOINED)
    ).all()
    asks = session.scalars(
        select(GapAsk).where(GapAsk.asked_at >= since, GapAsk.withdrawn_at.is_(None))
    ).all()
    answered = [gap for gap in gaps if gap.status is GapStatus.ANSWERED]
    still_open = [gap for gap in gaps if gap.status is GapStatus.OPEN]
    verdicts = Counter(session.scalars(select(Feedback.verdict).where(Feedback.given_at >= since)))
    return GapFigures(
        opened=len(gaps),
        answered=len(answered),
        rejected=sum(gap.status is GapStatus.REJECTED for gap in gaps),
        still_open=len(still_open),
        overdue=sum(gap.due_at <= now for gap in still_open),
        asks=len(asks),
        askers=len({ask.employee_id for ask in asks}),
        answered_share=len(answered) / len(gaps) if gaps else None,
        median_time=_median_time(answered, asks),
        most_asked=_most_asked(gaps, asks, most),
        thumbs_up=verdicts[Verdict.UP],
        thumbs_down=verdicts[Verdict.DOWN],
        weeks=_weeks(gaps, answered),
    )


def _median_time(answered: Sequence[Gap], asks: Sequence[GapAsk]) -> timedelta | None:
    first: dict[int, datetime] = {}
    for ask in asks:
        if ask.gap_id is not None:
            first[ask.gap_id] = min(ask.asked_at, first.get(ask.gap_id, ask.asked_at))
    seconds = [
        (gap.closed_at - first.get(gap.gap_id, gap.opened_at)).total_seconds()
        for gap in answered
        if gap.closed_at is not None
    ]
    return timedelta(seconds=median(seconds)) if seconds else None


def _most_asked(
    gaps: Sequence[Gap], asks: Sequence[GapAsk], most: int
) -> tuple[tuple[int, str, int, GapStatus], ...]:
    counts = Counter(ask.gap_id for ask in asks)
    ranked = sorted(gaps, key=lambda gap: (-counts[gap.gap_id], gap.gap_id))
    return tuple((g.gap_id, g.wording, counts[g.gap_id], g.status) for g in ranked[:most])


def _weeks(gaps: Sequence[Gap], answered: Sequence[Gap]) -> tuple[tuple[date, int, int], ...]:
    opened = Counter(_monday(gap.opened_at) for gap in gaps)
    closed = Counter(_monday(gap.closed_at) for gap in answered if gap.closed_at is not None)
    weeks: list[date] = sorted({*opened, *closed})
    if not weeks:
        return ()
    count = (weeks[-1] - weeks[0]).days // 7 + 1
    every = [weeks[0] + timedelta(weeks=number) for number in range(count)]
    return tuple((week, opened[week], closed[week]) for week in every)


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())
