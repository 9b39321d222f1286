"""Outcomes: what became of an offer, said by whoever made it. Never deleted, only withdrawn."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm.store.tables.advice import OutcomeRow
from crm.terms import OutcomeKind, RefusalReason


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """What became of one offer."""

    client_id: str
    product_id: str
    employee_id: str
    kind: OutcomeKind
    reason: RefusalReason | None
    said_at: datetime
    model_version: str | None = None
    play: str | None = None


def record_outcome(session: Session, outcome: OfferOutcome, turn_id: str) -> int:
    """Write an outcome and return its number; a turn records one.

    An outcome of the same day, employee, client, product and kind is the same outcome told more
    fully: it is replaced, so that a reason given a moment later does not count twice.
    """
    session.execute(
        update(OutcomeRow)
        .where(
            OutcomeRow.client_id == outcome.client_id,
            OutcomeRow.product_id == outcome.product_id,
            OutcomeRow.employee_id == outcome.employee_id,
            OutcomeRow.kind == outcome.kind,
            OutcomeRow.withdrawn_at.is_(None),
            OutcomeRow.said_at
            >= outcome.said_at.replace(hour=0, minute=0, second=0, microsecond=0),
        )
        .values(withdrawn_at=outcome.said_at)
        .execution_options(synchronize_session=False)
    )
    row = OutcomeRow(
        client_id=outcome.client_id,
        product_id=outcome.product_id,
        employee_id=outcome.employee_id,
        kind=outcome.kind,
        reason=outcome.reason,
        said_at=outcome.said_at,
        turn_id=turn_id,
        model_version=outcome.model_version,
        play=outcome.play,
        withdrawn_at=None,
    )
    session.add(row)
    session.flush()
    return row.outcome_id


def withdraw_outcome(
    session: Session, outcome_id: int, employee_id: str, at: datetime
) -> OfferOutcome | None:
    """Take an employee's own outcome back; None when there is no such one to take back."""
    row = session.get(OutcomeRow, outcome_id)
    if row is None or row.employee_id != employee_id or row.withdrawn_at is not None:
        return None
    row.withdrawn_at = at
    return _outcome(row)


def outcomes_of(
    session: Session, client_ids: Collection[str], since: datetime
) -> list[OfferOutcome]:
    """Return the outcomes of clients since a moment, the oldest first; withdrawn ones left out."""
    rows = session.scalars(
        select(OutcomeRow)
        .where(
            OutcomeRow.client_id.in_(client_ids),
            OutcomeRow.said_at >= since,
            OutcomeRow.withdrawn_at.is_(None),
        )
        .order_by(OutcomeRow.said_at, OutcomeRow.outcome_id)
    )
    return [_outcome(row) for row in rows]


def sold_since(session: Session, since: Mapping[str, date | None]) -> dict[str, int]:
    """Count the sales of products, each since its own day; None counts all.

    Returns
    -------
    dict of str to int
        By product_id; a product without sales is absent.
    """
    day = func.date(OutcomeRow.said_at)
    rows = session.execute(
        select(OutcomeRow.product_id, day, func.count())
        .where(
            OutcomeRow.product_id.in_(since),
            OutcomeRow.kind == OutcomeKind.SOLD,
            OutcomeRow.withdrawn_at.is_(None),
        )
        .group_by(OutcomeRow.product_id, day)
    )
    counts: dict[str, int] = {}
    for product_id, sold_on, count in rows:
        begins = since[product_id]
        if begins is None or str(sold_on) >= begins.isoformat():
            counts[product_id] = counts.get(product_id, 0) + count
    return counts


def _outcome(row: OutcomeRow) -> OfferOutcome:
    return OfferOutcome(
        client_id=row.client_id,
        product_id=row.product_id,
        employee_id=row.employee_id,
        kind=row.kind,
        reason=row.reason,
        said_at=row.said_at,
        model_version=row.model_version,
        play=row.play,
    )
