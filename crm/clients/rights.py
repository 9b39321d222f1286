"""Who may see which client.

A manager sees the clients in his own care, a leader those of the branch, others none.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from crm.employees import Employee
from crm.errors import ClientNotVisible
from crm.store.tables import clients
from crm.terms import ClientKind, Grade, RiskGrade, Role


@dataclass(frozen=True, slots=True)
class ClientName:
    """What is needed to find a client by name."""

    client_id: str
    name: str
    name_en: str
    kind: ClientKind


@dataclass(frozen=True, slots=True)
class Client:
    """A client the asker may see."""

    client_id: str
    kind: ClientKind
    name: str
    name_en: str
    branch_id: str
    manager_id: str
    grade: Grade
    region: str | None
    opened_on: date
    risk_grade: RiskGrade | None
    risk_expires_on: date | None
    do_not_contact: bool = False
    licences: tuple[str, ...] = ()


def visible_clients(session: Session, employee: Employee) -> list[ClientName]:
    """Return the names of every client the employee may see, by id."""
    table = clients.Client
    rows = session.execute(
        select(table.client_id, table.name, table.name_en, table.kind)
        .where(visible_to(employee))
        .order_by(table.client_id)
    )
    return [ClientName(row[0], row[1], row[2] or row[1], row[3]) for row in rows]


def open_client(session: Session, employee: Employee, client_id: str) -> Client:
    """Return one client, if the employee may see it.

    Raises
    ------
    ClientNotVisible
        Alike for an unknown client and for somebody else's.
    """
    row = session.scalar(
        select(clients.Client).where(clients.Client.client_id == client_id, visible_to(employee))
    )
    if row is None:
        exists = session.get(clients.Client, client_id) is not None
        raise ClientNotVisible(client_id, exists=exists)
    return client_of(row)


def client_of(row: clients.Client) -> Client:
    """Return a stored client as what is shown of it."""
    return Client(
        client_id=row.client_id,
        kind=row.kind,
        name=row.name,
        name_en=row.name_en or row.name,
        branch_id=row.branch_id,
        manager_id=row.manager_id,
        grade=row.grade,
        region=row.region,
        opened_on=row.opened_on,
        risk_grade=row.risk_grade,
        risk_expires_on=row.risk_expires_on,
        do_not_contact=row.do_not_contact,
        licences=tuple(row.licences),
    )


def visible_to(employee: Employee) -> ColumnElement[bool]:
    """Return the condition under which an employee may see a client."""
    if employee.role is Role.MANAGER:
        return clients.Client.manager_id == employee.employee_id
    if employee.role is Role.LEADER:
        return clients.Client.branch_id == employee.branch_id
    return false()
