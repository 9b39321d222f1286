"""One's own clients as a list: in pages, of a kind and grade, counted, logged, exported."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from assistant.bootstrap import Parts
from assistant.services.errors import NoClientsOfOwn
from assistant.services.exporting import export_list
from assistant.services.question import Listed, Memory, Question
from assistant.services.roster import ROSTER_SHOWN, ClientRoster, Wanted, show_roster
from crm.employees import find_employee
from crm.store.session import Session
from crm.store.tables.audit import AuditRow
from crm.store.tables.clients import Client

MANAGER, LEADER, EXPERT = "E0009", "E0001", "E0029"


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.desk.resources.store.read() as opened:
        yield opened


def asked(session: Session, employee_id: str, text: str, today: date, **choices: str) -> Question:
    return Question(
        employee=find_employee(session, employee_id),
        conversation_id="web:test:main",
        turn_id="t",
        text=text,
        language="zh",
        intent="list_clients",
        choices=choices,
        memory=Memory(),
        today=today,
    )


def test_all_pages_together_are_every_client_once_the_largest_first(
    parts: Parts, session: Session
) -> None:
    resources = parts.desk.resources
    question = asked(session, MANAGER, "", resources.today(), more="roster")
    seen, averages = [], []
    while (found := show_roster(resources, session, question)).entries:
        assert found.first == len(seen)
        assert len(found.entries) <= ROSTER_SHOWN
        seen += [entry.client.client_id for entry in found.entries]
        averages += [entry.deposit_average or 0 for entry in found.entries]
        rows = [(entry.client.client_id, "") for entry in found.entries]
        listed = Listed("roster", found.wanted.subject, rows, found.first)
        question = replace(question, memory=Memory(listed=listed))
    own = session.scalars(select(Client.client_id).where(Client.manager_id == MANAGER)).all()
    assert sorted(seen) == sorted(own)
    assert averages == sorted(averages, reverse=True)
    logged = Counter(row.subject for row in session.new if isinstance(row, AuditRow))
    assert logged == Counter(f"client:{client_id}" for client_id in seen)


@pytest.mark.parametrize(
    ("text", "kind", "grades"),
    [
        ("我的对公客户有哪些", "corporate", None),
        ("my personal clients", "personal", None),
        ("我的金卡客户", None, {"gold"}),
        ("名下的白金个人客户", "personal", {"platinum"}),
        ("list my VIP clients", None, {"gold", "platinum", "private"}),
    ],
)
def test_only_those_asked_for_are_counted_and_listed(
    parts: Parts, session: Session, text: str, kind: str | None, grades: set[str] | None
) -> None:
    resources = parts.desk.resources
    found = show_roster(resources, session, asked(session, MANAGER, text, resources.today()))
    own = session.scalars(select(Client).where(Client.manager_id == MANAGER)).all()
    fitting = [
        client
        for client in own
        if kind in (None, str(client.kind)) and (grades is None or str(client.grade) in grades)
    ]
    assert 0 < found.total == len(fitting) < len(own)
    assert found.kinds == Counter(str(client.kind) for client in fitting)
    assert found.grades == Counter(str(client.grade) for client in fitting)
    assert {entry.client.client_id for entry in found.entries} <= {
        client.client_id for client in fitting
    }


def test_an_export_is_of_the_same_clients_and_logs_each(parts: Parts, session: Session) -> None:
    resources = parts.desk.resources
    question = asked(session, LEADER, "", resources.today())
    wanted = Wanted("corporate", "gold")
    exported = export_list(resources, session, question, Listed("roster", wanted.subject)).found
    assert isinstance(exported, ClientRoster)
    assert exported.wanted == wanted
    leader = find_employee(session, LEADER)
    assert {entry.client.branch_id for entry in exported.entries} == {leader.branch_id}
    assert {entry.client.manager_id for entry in exported.entries} <= set(exported.managers)
    logged = [row.subject for row in session.new if isinstance(row, AuditRow)]
    assert logged == [f"client:{entry.client.client_id}" for entry in exported.entries]


def test_who_looks_after_nobody_is_told_so(parts: Parts, session: Session) -> None:
    resources = parts.desk.resources
    question = asked(session, EXPERT, "", resources.today())
    for ask in (
        lambda: show_roster(resources, session, question),
        lambda: export_list(resources, session, question, Listed("roster", ":")),
    ):
        with pytest.raises(NoClientsOfOwn):
            ask()
