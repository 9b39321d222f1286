"""Invented people of one or two branches, put into a store that has nobody yet."""

from collections.abc import Mapping

from crm.store.engine import Store
from crm.store.tables.organisation import Branch, Employee
from crm.terms import Role

MANAGERS = dict.fromkeys(("E0001", "E0002", "E0003"), (Role.MANAGER, "B1"))


def employ(store: Store, staff: Mapping[str, tuple[Role, str]] = MANAGERS) -> None:
    """Put branches and employees into a store, each employee with a role and a branch."""
    with store.begin() as session:
        for branch in sorted({branch for _, branch in staff.values()}):
            session.add(Branch(branch_id=branch, name_zh=branch, name_en=branch, city=None))
        session.flush()
        for employee_id, (role, branch) in staff.items():
            session.add(
                Employee(
                    employee_id=employee_id,
                    name=f"李{employee_id}",
                    name_en=f"Li {employee_id}",
                    role=role,
                    branch_id=branch,
                    leader_id=None,
                    expertise=[],
                )
            )
