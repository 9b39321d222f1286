"""What the read functions return, and to whom."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from crm.clients.holdings import open_holdings
from crm.clients.indicators import latest_indicators
from crm.clients.rights import ClientName, open_client, visible_clients
from crm.employees import find_employee, list_employees
from crm.errors import ClientNotVisible, UnknownEmployee
from crm.products import list_products
from crm.store import audit
from crm.store.tables.audit import AuditRow
from crm.store.tables.conversations import Turn
from crm.store.tables.outbox import Outbox
from crm.terms import ClientKind, Outcome, RiskLevel, Role, SalesChannel, TurnStatus

AT = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def session(bank):
    with bank.read() as opened:
        yield opened


def test_an_employee_comes_with_role_branch_and_leader(session):
    """Everything the assistant needs to know of the person who asks is in one answer."""
    manager = find_employee(session, "E0002")
    assert (manager.name, manager.name_en) == ("李甲", "Li Jia")
    assert manager.role is Role.MANAGER
    assert (manager.branch_name_zh, manager.branch_name_en) == ("云汀支行", "Yunting Branch")
    assert manager.leader_id == "E0001"
    assert find_employee(session, "E0005").expertise == ("trade finance", "信用证")


def test_a_missing_english_name_falls_back_to_the_chinese_one(session):
    """Nobody is nameless in the other language."""
    assert find_employee(session, "E0003").name_en == "赵丙"


def test_an_unknown_employee_is_told(session):
    """The error carries the id that was asked for."""
    with pytest.raises(UnknownEmployee, match="E9999"):
        find_employee(session, "E9999")


def test_employees_can_be_listed_by_role(session):
    """All of them by id, or one role's."""
    assert [person.employee_id for person in list_employees(session)] == [
        "E0001",
        "E0002",
        "E0003",
        "E0004",
        "E0005",
    ]
    assert [person.employee_id for person in list_employees(session, Role.EXPERT)] == ["E0005"]


@pytest.mark.parametrize(
    ("employee_id", "visible"),
    [
        ("E0002", ["C000001"]),  # a manager sees his own
        ("E0001", ["C000001", "C000002"]),  # a leader sees the branch's
        ("E0004", ["C000003"]),
        ("E0005", []),  # an expert sees none
    ],
)
def test_each_sees_only_the_clients_of_his_right(session, employee_id, visible):
    """The names listed and the clients that open are the same set."""
    employee = find_employee(session, employee_id)
    assert [client.client_id for client in visible_clients(session, employee)] == visible
    for client_id in ("C000001", "C000002", "C000003"):
        if client_id in visible:
            assert open_client(session, employee, client_id).client_id == client_id
        else:
            with pytest.raises(ClientNotVisible):
                open_client(session, employee, client_id)


def test_client_names_carry_both_languages(session):
    """A client without an English name is listed under the Chinese one."""
    leader = find_employee(session, "E0001")
    assert visible_clients(session, leader) == [
        ClientName("C000001", "望川贸易,有限公司", "Wangchuan Trading", ClientKind.CORPORATE),
        ClientName("C000002", "陈己", "陈己", ClientKind.PERSONAL),
    ]


def test_somebody_elses_client_and_no_client_are_told_alike(session):
    """Only the audit log can tell the two apart; the words cannot."""
    manager = find_employee(session, "E0002")
    with pytest.raises(ClientNotVisible) as others:
        open_client(session, manager, "C000003")
    with pytest.raises(ClientNotVisible) as nobodys:
        open_client(session, manager, "C999999")
    assert (others.value.exists, nobodys.value.exists) == (True, False)
    assert str(others.value).replace("C000003", "") == str(nobodys.value).replace("C999999", "")


@pytest.mark.parametrize(
    ("on", "held"),
    [
        (date(2020, 6, 29), []),
        (date(2020, 6, 30), ["DEPOSIT_C"]),
        (date(2023, 1, 5), ["DEPOSIT_C", "EBANK_C"]),
        (date(2026, 6, 29), ["DEPOSIT_C", "EBANK_C"]),
        (date(2026, 6, 30), ["DEPOSIT_C"]),
    ],
)
def test_a_holding_is_open_from_its_first_day_until_before_its_closing_day(session, on, held):
    """The day of closing is no longer a day of holding, the day of opening is one."""
    assert [product.product_id for product in open_holdings(session, "C000001", on)] == held


def test_latest_indicators_are_of_the_newest_month_in_fen(session):
    """Unknown figures stay unknown, and 250.50 yuan are 25050 fen."""
    latest = latest_indicators(session, "C000001")
    assert latest is not None
    assert latest.month == date(2026, 5, 1)
    assert latest.deposit_balance == 25_050
    assert latest.deposit_transactions == 7
    assert latest.bond_turnover is None
    assert latest_indicators(session, "C000003") is None


def test_products_come_with_aliases_channels_and_what_they_require(session):
    """The lists of the catalogue are tuples, and an absent risk level stays absent."""
    by_id = {product.product_id: product for product in list_products(session)}
    assert by_id["DEPOSIT_C"].aliases == ("对公户", "current account")
    assert by_id["DEPOSIT_C"].risk_level is None
    assert by_id["EBANK_C"].requires == ("DEPOSIT_C",)
    assert by_id["EBANK_C"].channels == (SalesChannel.COUNTER, SalesChannel.ONLINE)
    assert by_id["FUND"].risk_level is RiskLevel.R3


def test_an_audit_row_is_kept_as_recorded(bank):
    """Refused strangers and unknown clients can be logged too."""
    with bank.begin() as session:
        audit.record(
            session,
            at=AT,
            actor="stranger",
            action="open_client",
            subject="C999999",
            outcome="refused",
            detail={"exists": 0, "channel": "web"},
        )
    with bank.read() as session:
        row = session.scalars(sa.select(AuditRow).where(AuditRow.subject == "C999999")).one()
    assert (row.at, row.actor, row.outcome) == (AT, "stranger", Outcome.REFUSED)
    assert row.detail == {"exists": 0, "channel": "web"}


def test_an_audit_row_has_one_of_three_outcomes(bank):
    """Any other word is refused before it is written."""
    with bank.begin() as session, pytest.raises(ValueError, match="perhaps"):
        audit.record(
            session, at=AT, actor="E", action="a", subject="s", outcome="perhaps", detail={}
        )


def test_a_message_sent_twice_makes_one_turn(bank):
    """The same message id in the same conversation is refused, in another one it is not."""
    with bank.begin() as session:
        session.add_all([_turn("t1", "web:1"), _turn("t2", "web:2")])
    with pytest.raises(IntegrityError), bank.begin() as session:
        session.add(_turn("t3", "web:1"))


def test_one_cause_is_written_to_the_outbox_once(bank):
    """A second row with the same key is refused, so a retry cannot tell somebody twice."""
    with bank.begin() as session:
        session.add(_outbox_row())
    with pytest.raises(IntegrityError), bank.begin() as session:
        session.add(_outbox_row())
    with bank.read() as session:
        assert session.scalars(sa.select(Outbox.attempts)).one() == 0


def _turn(turn_id, conversation_id):
    return Turn(
        turn_id=turn_id,
        conversation_id=conversation_id,
        message_id="m1",
        employee_id="E0002",
        text="你好",
        language="zh",
        status=TurnStatus.RECEIVED,
        received_at=AT,
    )


def _outbox_row():
    return Outbox(
        dedup_key="gap:7:answered",
        employee_id="E0002",
        body={"text": "…"},
        caused_by="gap 7",
        created_at=AT,
        due_at=AT,
    )
