"""Who works here and may sign in."""

from collections import Counter
from dataclasses import dataclass

from assistant.errors import SignInRefused
from assistant.identity import Clock
from crm.clients.care import clients_per_manager
from crm.employees import Employee, find_employee, list_employees
from crm.errors import UnknownEmployee
from crm.store import audit
from crm.store.engine import Store


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An employee as the sign-in page shows one."""

    employee_id: str
    name: str
    name_en: str
    role: str
    branch_zh: str
    branch_en: str
    clients: int


class StaffDirectory:
    """Looks employees up and signs them in.

    Parameters
    ----------
    demo
        Whether anybody may sign in as anybody; settings allow it on loopback only.
    """

    def __init__(self, store: Store, *, demo: bool, clock: Clock) -> None:
        self._store = store
        self._demo = demo
        self._clock = clock

    def find(self, employee_id: str) -> Employee | None:
        """Return an employee, or None when nobody has this number."""
        with self._store.read() as session:
            try:
                return find_employee(session, employee_id)
            except UnknownEmployee:
                return None

    def sample(self) -> list[StaffMember]:
        """Return everybody, with the number of clients each looks after."""
        with self._store.read() as session:
            counts = Counter(clients_per_manager(session))
            return [_member(person, counts) for person in list_employees(session)]

    def sign_in(self, employee_id: str, channel: str, *, vouched: bool) -> StaffMember:
        """Sign somebody in and log it.

        Raises
        ------
        SignInRefused
            Nobody has this number, or nobody vouched for the person outside the demo.
        """
        employee = self.find(employee_id)
        allowed = employee is not None and (vouched or self._demo)
        with self._store.begin() as session:
            audit.record(
                session,
                at=self._clock(),
                actor=employee_id,
                action="sign_in",
                subject=f"employee:{employee_id}",
                outcome="allowed" if allowed else "refused",
                detail={"channel": channel, "demo": int(self._demo)},
            )
        if employee is None or not allowed:
            raise SignInRefused(employee_id)
        return _member(employee, Counter())


def _member(person: Employee, counts: Counter[str]) -> StaffMember:
    return StaffMember(
        employee_id=person.employee_id,
        name=person.name,
        name_en=person.name_en,
        role=person.role,
        branch_zh=person.branch_name_zh,
        branch_en=person.branch_name_en,
        clients=counts[person.employee_id],
    )
