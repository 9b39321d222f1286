"""The clients an employee may see, with what each keeps with the bank."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.clients.care import clients_in_care, open_products
from crm.clients.rights import Client, visible_to
from crm.employees import Employee
from crm.store.tables import clients, indicators


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A client with the size of the relationship.

    Attributes
    ----------
    deposit_average
        Average of his deposits in his latest month on record, in fen, CNY; None is unknown.
    products
        How many products he holds.
    """

    client: Client
    deposit_average: int | None
    products: int


def roster(session: Session, employee: Employee, on: date) -> list[RosterEntry]:
    """Return every client the employee may see, the largest deposits first and then by id."""
    own = clients_in_care(session, employee)
    averages = _deposit_averages(session, employee)
    held = Counter(
        {
            client_id: len(products)
            for client_id, products in open_products(
                session, [client.client_id for client in own], on
            ).items()
        }
    )
    entries = [
        RosterEntry(client, averages.get(client.client_id), held[client.client_id])
        for client in own
    ]
    return sorted(entries, key=lambda one: (-(one.deposit_average or 0), one.client.client_id))


def _deposit_averages(session: Session, employee: Employee) -> dict[str, int | None]:
    """Return the average deposits in each client's own latest month."""
    months = (
        select(
            indicators.Indicators.client_id, func.max(indicators.Indicators.month).label("month")
        )
        .join(clients.Client, clients.Client.client_id == indicators.Indicators.client_id)
        .where(visible_to(employee))
        .group_by(indicators.Indicators.client_id)
        .subquery()
    )
    rows = session.execute(
        select(indicators.Indicators.client_id, indicators.Indicators.deposit_average).join(
            months,
            (months.c.client_id == indicators.Indicators.client_id)
            & (months.c.month == indicators.Indicators.month),
        )
    )
    return dict(rows.all())
