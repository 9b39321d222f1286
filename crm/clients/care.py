"""Clients by whose care they are in."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.clients.holdings import open_on
from crm.clients.rights import Client, client_of, visible_to
from crm.employees import Employee
from crm.store.tables import clients


def clients_in_care(session: Session, employee: Employee) -> list[Client]:
    """Return every client the employee may see, by id."""
    rows = session.scalars(
        select(clients.Client).where(visible_to(employee)).order_by(clients.Client.client_id)
    )
    return [client_of(row) for row in rows]


def every_client(session: Session) -> list[Client]:
    """Return all clients of the bank, by id: for work that no single employee asks for."""
    rows = session.scalars(select(clients.Client).order_by(clients.Client.client_id))
    return [client_of(row) for row in rows]


def clients_per_manager(session: Session) -> dict[str, int]:
    """Return how many clients each manager answers for."""
    table = clients.Client
    rows = session.execute(select(table.manager_id, func.count()).group_by(table.manager_id))
    return dict(rows.all())


def open_products(
    session: Session, client_ids: Collection[str], on: date
) -> dict[str, tuple[str, ...]]:
    """Return the products each client holds on a day, by client; those with none are absent."""
    holding = clients.Holding
    rows = session.execute(
        select(holding.client_id, holding.product_id)
        .where(holding.client_id.in_(client_ids), open_on(on))
        .order_by(holding.client_id, holding.product_id)
        .distinct()
    )
    held: defaultdict[str, list[str]] = defaultdict(list)
    for client_id, product_id in rows:
        held[client_id].append(product_id)
    return {client_id: tuple(products) for client_id, products in held.items()}
