"""What became of the offers: acceptance by manager, product, play and model; uplift."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from crm.clients.rights import visible_to
from crm.employees import Employee
from crm.outcomes.records import OfferOutcome
from crm.outcomes.shares import Difference, Share
from crm.store.tables.advice import OutcomeRow, Suggestion
from crm.store.tables.clients import Client, Holding
from crm.terms import OutcomeKind

ANSWERED = frozenset({OutcomeKind.INTERESTED, OutcomeKind.REFUSED, OutcomeKind.SOLD})
ACCEPTED = frozenset({OutcomeKind.INTERESTED, OutcomeKind.SOLD})


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One row of a report.

    Attributes
    ----------
    key
        Employee, product, play or model version; None where there is none.
    accepted
        Interested or sold, of all that answered.
    sold, waiting, wrong
        Counts of sales, of offers without an answer yet, and of wrong clients.
    """

    key: str | None
    accepted: Share
    sold: int
    waiting: int
    wrong: int


@dataclass(frozen=True, slots=True)
class AcceptanceReport:
    """Acceptance as a whole and by each cut, over what an employee may see."""

    since: date
    whole: Acceptance
    by_manager: tuple[Acceptance, ...]
    by_product: tuple[Acceptance, ...]
    by_play: tuple[Acceptance, ...]
    by_model: tuple[Acceptance, ...]
    uplift: Difference | None


def acceptance(
    session: Session, employee: Employee, since: datetime, now: datetime
) -> AcceptanceReport:
    """Report what became of the offers to the clients an employee may see.

    Of a client and product only the last outcome counts: whoever refused and then bought, bought.
    """
    last = {(one.client_id, one.product_id): one for one in _visible(session, employee, since)}
    outcomes = list(last.values())

    def by(key: Callable[[OfferOutcome], str | None]) -> tuple[Acceptance, ...]:
        return _cut(outcomes, key)

    [whole] = _cut(outcomes, lambda _: None) or (_row(None, []),)
    return AcceptanceReport(
        since=since.date(),
        whole=whole,
        by_manager=by(lambda one: one.employee_id),
        by_product=by(lambda one: one.product_id),
        by_play=by(lambda one: one.play),
        by_model=by(lambda one: one.model_version),
        uplift=uplift(session, employee, since, now),
    )


def uplift(
    session: Session, employee: Employee, since: datetime, now: datetime, days: int = 90
) -> Difference | None:
    """Compare how often a product was taken up after being shown, and after being withheld.

    Both groups are client-product pairs that the model would have shown, parted at random; a
    pair counts as taken up when the holding began within `days` of its first showing, and only
    once so many days have passed. None when nothing was ever withheld.
    """
    first = func.min(Suggestion.shown_at).label("first")
    pairs = session.execute(
        select(Suggestion.client_id, Suggestion.product_id, Suggestion.withheld, first)
        .join(Client, Client.client_id == Suggestion.client_id)
        .where(
            visible_to(employee),
            Suggestion.shown_at >= since,
            Suggestion.shown_at <= now - timedelta(days=days),
        )
        .group_by(Suggestion.client_id, Suggestion.product_id, Suggestion.withheld)
    ).all()
    if not session.scalar(select(exists().where(Suggestion.withheld.is_(True)))):
        return None
    begun = _openings(session, {pair.client_id for pair in pairs})
    hits, totals = {True: 0, False: 0}, {True: 0, False: 0}
    for pair in pairs:
        shown_on = pair.first.date()
        dates = begun.get((pair.client_id, pair.product_id), ())
        totals[pair.withheld] += 1
        hits[pair.withheld] += any(
            shown_on <= opened <= shown_on + timedelta(days=days) for opened in dates
        )
    return Difference(Share(hits[False], totals[False]), Share(hits[True], totals[True]))


def _openings(session: Session, client_ids: set[str]) -> dict[tuple[str, str], list[date]]:
    rows = session.execute(
        select(Holding.client_id, Holding.product_id, Holding.opened_on).where(
            Holding.client_id.in_(client_ids)
        )
    )
    found: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    for client_id, product_id, opened_on in rows:
        found[client_id, product_id].append(opened_on)
    return found


def _visible(session: Session, employee: Employee, since: datetime) -> list[OfferOutcome]:
    rows = session.scalars(
        select(OutcomeRow)
        .join(Client, Client.client_id == OutcomeRow.client_id)
        .where(visible_to(employee), OutcomeRow.said_at >= since, OutcomeRow.withdrawn_at.is_(None))
        .order_by(OutcomeRow.said_at, OutcomeRow.outcome_id)
    )
    return [
        OfferOutcome(
            client_id=row.client_id,
            product_id=row.product_id,
            employee_id=row.employee_id,
            kind=row.kind,
            reason=row.reason,
            said_at=row.said_at,
            model_version=row.model_version,
            play=row.play,
        )
        for row in rows
    ]


def _cut(
    outcomes: Sequence[OfferOutcome], key: Callable[[OfferOutcome], str | None]
) -> tuple[Acceptance, ...]:
    groups: defaultdict[str | None, list[OfferOutcome]] = defaultdict(list)
    for one in outcomes:
        groups[key(one)].append(one)
    rows = (_row(name, group) for name, group in groups.items())
    return tuple(sorted(rows, key=lambda row: (-row.accepted.total, row.key or "")))


def _row(key: str | None, group: Sequence[OfferOutcome]) -> Acceptance:
    kinds = [one.kind for one in group]
    answered = sum(kind in ANSWERED for kind in kinds)
    return Acceptance(
        key=key,
        accepted=Share(sum(kind in ACCEPTED for kind in kinds), answered),
        sold=kinds.count(OutcomeKind.SOLD),
        waiting=kinds.count(OutcomeKind.OFFERED),
        wrong=kinds.count(OutcomeKind.WRONG_CLIENT),
    )
