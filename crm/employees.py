"""Who works where, and in which role."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from crm.errors import UnknownEmployee
from crm.store.tables import organisation
from crm.terms import Role


@dataclass(frozen=True, slots=True)
class Employee:
    """An employee, with the branch's names."""

    employee_id: str
    name: str
    name_en: str
    role: Role
    branch_id: str
    branch_name_zh: str
    branch_name_en: str
    leader_id: str | None
    expertise: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch; `names` by language code."""

    branch_id: str
    names: Mapping[str, str]


def list_branches(session: Session) -> list[Branch]:
    """Return all branches, by id."""
    rows = session.scalars(select(organisation.Branch).order_by(organisation.Branch.branch_id))
    return [Branch(row.branch_id, {"zh": row.name_zh, "en": row.name_en}) for row in rows]


def find_employee(session: Session, employee_id: str) -> Employee:
    """Return one employee.

    Raises
    ------
    UnknownEmployee
        When no employee has this id.
    """
    row = session.execute(
        _query().where(organisation.Employee.employee_id == employee_id)
    ).one_or_none()
    if row is None:
        raise UnknownEmployee(employee_id)
    return _employee(row)


def list_employees(session: Session, role: Role | None = None) -> list[Employee]:
    """Return all employees, or those of one role, by id."""
    query = _query().order_by(organisation.Employee.employee_id)
    if role is not None:
        query = query.where(organisation.Employee.role == role)
    return [_employee(row) for row in session.execute(query)]


def _query() -> Select[organisation.Employee, organisation.Branch]:
    return select(organisation.Employee, organisation.Branch).join(
        organisation.Branch,
        organisation.Branch.branch_id == organisation.Employee.branch_id,
    )


def _employee(row: Row[organisation.Employee, organisation.Branch]) -> Employee:
    person, branch = row
    return Employee(
        employee_id=person.employee_id,
        name=person.name,
        name_en=person.name_en or person.name,
        role=person.role,
        branch_id=person.branch_id,
        branch_name_zh=branch.name_zh,
        branch_name_en=branch.name_en,
        leader_id=person.leader_id,
        expertise=tuple(person.expertise),
    )
