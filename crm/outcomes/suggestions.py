"""Suggestions: which products were shown for which clients, and which of them wait for a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from crm.store.tables.advice import OutcomeRow, Suggestion


@dataclass(frozen=True, slots=True)
class Shown:
    """One product shown for one client, or withheld.

    Attributes
    ----------
    list_kind
        The list it stood on.
    play
        Code of the selling play that agrees, if one does.
    chance
        What the model gave it, between 0 and 1.
    """

    client_id: str
    product_id: str
    employee_id: str
    list_kind: str
    model_version: str
    chance: float
    play: str | None = None
    withheld: bool = False


def note_shown(session: Session, shown: Sequence[Shown], at: datetime) -> None:
    """Note what was shown, in the transaction of the answer that shows it."""
    session.add_all(
        Suggestion(
            client_id=one.client_id,
            product_id=one.product_id,
            employee_id=one.employee_id,
            list_kind=one.list_kind,
            shown_at=at,
            model_version=one.model_version,
            play=one.play,
            chance=one.chance,
            withheld=one.withheld,
        )
        for one in shown
    )


def last_shown(session: Session, employee_id: str, client_id: str, product_id: str) -> Shown | None:
    """Return the last suggestion of a product that an employee saw for a client."""
    row = session.scalar(
        select(Suggestion)
        .where(
            Suggestion.employee_id == employee_id,
            Suggestion.client_id == client_id,
            Suggestion.product_id == product_id,
            Suggestion.withheld.is_(False),
        )
        .order_by(Suggestion.shown_at.desc(), Suggestion.suggestion_id.desc())
        .limit(1)
    )
    return None if row is None else _shown(row)


def without_a_word(
    session: Session, employee_id: str, *, since: datetime, until: datetime
) -> list[Shown]:
    """Return what an employee was shown in a span and said nothing of since, likeliest first.

    A client and product stands once, by its latest showing.
    """
    said = exists().where(
        OutcomeRow.client_id == Suggestion.client_id,
        OutcomeRow.product_id == Suggestion.product_id,
        OutcomeRow.employee_id == Suggestion.employee_id,
        OutcomeRow.said_at >= since,
        OutcomeRow.withdrawn_at.is_(None),
    )
    rows = session.scalars(
        select(Suggestion)
        .where(
            Suggestion.employee_id == employee_id,
            Suggestion.shown_at >= since,
            Suggestion.shown_at <= until,
            Suggestion.withheld.is_(False),
            ~said,
        )
        .order_by(Suggestion.shown_at)
    )
    latest = {(row.client_id, row.product_id): _shown(row) for row in rows}
    return sorted(latest.values(), key=lambda one: (-one.chance, one.client_id, one.product_id))


def employees_shown(session: Session, *, since: datetime, until: datetime) -> list[str]:
    """Return who was shown suggestions in a span, by id."""
    rows = session.scalars(
        select(Suggestion.employee_id)
        .where(Suggestion.shown_at >= since, Suggestion.shown_at <= until)
        .distinct()
        .order_by(Suggestion.employee_id)
    )
    return list(rows)


def _shown(row: Suggestion) -> Shown:
    return Shown(
        client_id=row.client_id,
        product_id=row.product_id,
        employee_id=row.employee_id,
        list_kind=row.list_kind,
        model_version=row.model_version,
        chance=row.chance,
        play=row.play,
        withheld=row.withheld,
    )
