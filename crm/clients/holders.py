"""Who holds a product, among the clients an employee may see."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.clients.holdings import open_on
from crm.clients.rights import Client, client_of, visible_to
from crm.employees import Employee
from crm.store.tables import clients


@dataclass(frozen=True, slots=True)
class Holder:
    """A client who holds a product; `since` is the day the oldest open holding of it began."""

    client: Client
    since: date


def holders_in_care(
    session: Session, employee: Employee, product_id: str, on: date
) -> list[Holder]:
    """Return who holds a product on a day, once each, the newest first and then by id."""
    table, holding = clients.Client, clients.Holding
    since = func.min(holding.opened_on).label("since")
    held = (
        select(holding.client_id, since)
        .where(holding.product_id == product_id, open_on(on))
        .group_by(holding.client_id)
        .subquery()
    )
    rows = session.execute(
        select(table, held.c.since)
        .join(held, held.c.client_id == table.client_id)
        .where(visible_to(employee))
        .order_by(held.c.since.desc(), table.client_id)
    )
    return [Holder(client_of(row), begun) for row, begun in rows]
