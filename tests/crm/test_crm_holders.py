"""Who holds a product: one's own clients only, open holdings only, the newest first."""

from datetime import date

import pytest
import sqlalchemy as sa

from crm.clients.holders import holders_in_care
from crm.employees import find_employee
from crm.store.tables.clients import Client, Holding

TODAY = date(2026, 6, 29)


@pytest.fixture
def session(bank):
    with bank.read() as opened:
        yield opened


@pytest.mark.parametrize(
    ("employee_id", "on", "since"),
    [
        ("E0002", date(2021, 1, 4), []),
        ("E0002", date(2021, 1, 5), [("C000001", date(2021, 1, 5))]),
        ("E0002", date(2023, 1, 5), [("C000001", date(2023, 1, 5))]),
        ("E0002", date(2026, 6, 30), []),  # closed on that day
        ("E0001", TODAY, [("C000001", date(2023, 1, 5))]),  # the branch's leader
        ("E0003", TODAY, []),  # a colleague of the branch
        ("E0004", TODAY, []),  # another branch
        ("E0005", TODAY, []),  # an expert
    ],
)
def test_only_open_holdings_of_ones_own_clients_count(session, employee_id, on, since):
    """A closed holding is none, and nobody else's client is ever listed."""
    found = holders_in_care(session, find_employee(session, employee_id), "EBANK_C", on)
    assert [(holder.client.client_id, holder.since) for holder in found] == since


def test_a_client_with_two_holdings_of_a_product_stands_once_since_the_older(bank):
    """Two open treasury bonds are one holder."""
    with bank.begin() as session:
        for begun in (date(2024, 5, 1), date(2022, 3, 2)):
            session.add(Holding(client_id="C000002", product_id="FUND", opened_on=begun))
    with bank.read() as session:
        found = holders_in_care(session, find_employee(session, "E0003"), "FUND", TODAY)
    assert [(holder.client.client_id, holder.since) for holder in found] == [
        ("C000002", date(2022, 3, 2))
    ]


def test_the_newest_holder_stands_first_and_equals_by_number(bank):
    """The order told under the list is the order of the list."""
    with bank.begin() as session:
        session.execute(sa.update(Client).values(manager_id="E0002", branch_id="B01"))
        session.execute(sa.delete(Holding).where(Holding.product_id == "FUND"))
        for client_id, begun in (
            ("C000003", date(2025, 1, 1)),
            ("C000002", date(2025, 1, 1)),
            ("C000001", date(2025, 1, 2)),
        ):
            session.add(Holding(client_id=client_id, product_id="FUND", opened_on=begun))
    with bank.read() as session:
        found = holders_in_care(session, find_employee(session, "E0002"), "FUND", TODAY)
    assert [holder.client.client_id for holder in found] == ["C000001", "C000002", "C000003"]
