"""Who holds a product: what is shown is what the store says, in pages, and logged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from assistant.bootstrap import Parts
from assistant.services.errors import NoClientsOfOwn
from assistant.services.exporting import export_list
from assistant.services.holders import HOLDERS_SHOWN, ProductHolders, find_holders
from assistant.services.question import Listed, Memory, Question
from crm.employees import find_employee
from crm.store.session import Session
from crm.store.tables.audit import AuditRow
from crm.store.tables.clients import Client, Holding
from crm.terms import ClientKind

MANAGER, LEADER, EXPERT = "E0009", "E0001", "E0029"
PRODUCT = "DEBIT_CARD"


@pytest.fixture
def session(parts: Parts) -> Iterator[Session]:
    with parts.desk.resources.store.read() as opened:
        yield opened


def asked(session: Session, employee_id: str, today: date, **choices: str) -> Question:
    return Question(
        employee=find_employee(session, employee_id),
        conversation_id="web:test:main",
        turn_id="t",
        text="",
        language="zh",
        intent="find_holders",
        choices={"product_id": PRODUCT, **choices},
        memory=Memory(),
        today=today,
    )


def holders(session: Session, today: date, *managers: str) -> dict[str, date]:
    """Return by client the day the oldest open holding began, told apart from the use case."""
    rows = session.execute(
        select(Client.client_id, Holding.opened_on, Holding.closed_on)
        .join(Holding, Holding.client_id == Client.client_id)
        .where(Client.manager_id.in_(managers), Holding.product_id == PRODUCT)
    )
    held: dict[str, date] = {}
    for client_id, opened, closed in rows:
        if opened <= today and (closed is None or closed > today):
            held[client_id] = min(opened, held.get(client_id, opened))
    return held


def test_all_pages_together_are_every_holder_once_in_the_order_told(
    parts: Parts, session: Session
) -> None:
    resources = parts.desk.resources
    question = asked(session, MANAGER, resources.today(), more="holders")
    seen: list[tuple[str, date]] = []
    while True:
        found = find_holders(resources, session, question)
        if not found.entries:
            break
        assert found.first == len(seen)
        assert len(found.entries) <= HOLDERS_SHOWN
        seen += [(entry.client.client_id, entry.since) for entry in found.entries]
        rows = [(entry.client.client_id, PRODUCT) for entry in found.entries]
        listed = Listed("holders", PRODUCT, rows, found.first)
        question = replace(question, memory=Memory(listed=listed))
    expected = holders(session, resources.today(), MANAGER)
    assert dict(seen) == expected
    assert len(seen) == len(expected) == found.total > HOLDERS_SHOWN
    assert seen == sorted(seen, key=lambda one: (-one[1].toordinal(), one[0]))
    own = session.scalars(select(Client.kind).where(Client.manager_id == MANAGER)).all()
    assert found.clients == sum(kind is ClientKind.PERSONAL for kind in own)


def test_each_client_shown_goes_to_the_audit_log_and_no_other(
    parts: Parts, session: Session
) -> None:
    resources = parts.desk.resources
    found = find_holders(resources, session, asked(session, MANAGER, resources.today()))
    logged = [row for row in session.new if isinstance(row, AuditRow)]
    assert [row.subject for row in logged] == [
        f"client:{entry.client.client_id}" for entry in found.entries
    ]
    assert {(row.actor, row.action, row.outcome) for row in logged} == {
        (MANAGER, "find_holders", "allowed")
    }


def test_a_leader_sees_those_of_his_branch_and_whose_they_are(
    parts: Parts, session: Session
) -> None:
    resources = parts.desk.resources
    leader = find_employee(session, LEADER)
    team = session.scalars(
        select(Client.manager_id).where(Client.branch_id == leader.branch_id).distinct()
    ).all()
    question = asked(session, LEADER, resources.today())
    found = find_holders(resources, session, question)
    assert found.total == len(holders(session, resources.today(), *team))
    assert {entry.client.branch_id for entry in found.entries} == {leader.branch_id}
    assert {entry.client.manager_id for entry in found.entries} <= set(found.managers)


def test_an_export_holds_all_of_them_and_logs_each(parts: Parts, session: Session) -> None:
    resources = parts.desk.resources
    question = asked(session, MANAGER, resources.today())
    exported = export_list(resources, session, question, Listed("holders", PRODUCT)).found
    assert isinstance(exported, ProductHolders)
    ids = [entry.client.client_id for entry in exported.entries]
    assert set(ids) == set(holders(session, resources.today(), MANAGER))
    logged = [row.subject for row in session.new if isinstance(row, AuditRow)]
    assert logged == [f"client:{client_id}" for client_id in ids]


def test_who_looks_after_nobody_is_told_so(parts: Parts, session: Session) -> None:
    resources = parts.desk.resources
    question = asked(session, EXPERT, resources.today())
    for ask in (
        lambda: find_holders(resources, session, question),
        lambda: export_list(resources, session, question, Listed("holders", PRODUCT)),
    ):
        with pytest.raises(NoClientsOfOwn):
            ask()
