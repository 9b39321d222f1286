"""One's own clients, with what each keeps with the bank, the largest deposits first."""

from datetime import date

import pytest

from crm.clients.roster import roster
from crm.employees import find_employee
from crm.store.tables.clients import Client, Holding
from crm.store.tables.indicators import Indicators

TODAY = date(2026, 6, 29)


def figures(session, client_id, month, average):
    row = Indicators(client_id=client_id, month=month)
    row.deposit_average = average
    session.add(row)


@pytest.mark.parametrize("employee_id", ["E0002", "E0001", "E0003", "E0004", "E0005"], ids=str)
def test_everybody_sees_exactly_the_clients_in_his_care(bank, employee_id):
    with bank.read() as session:
        employee = find_employee(session, employee_id)
        column = {"manager": Client.manager_id, "leader": Client.branch_id}.get(employee.role)
        of = employee.employee_id if employee.role == "manager" else employee.branch_id
        own = set()
        if column is not None:
            own = {row.client_id for row in session.query(Client).where(column == of)}
        assert {entry.client.client_id for entry in roster(session, employee, TODAY)} == own


def test_the_order_is_that_of_each_clients_own_latest_month(bank):
    with bank.begin() as session:
        employee = find_employee(session, "E0002")
        own = [entry.client for entry in roster(session, employee, TODAY)]
        session.query(Indicators).delete()
        for number, client in enumerate(own, start=1):
            figures(session, client.client_id, date(2026, 4, 1), 10**9)
            figures(session, client.client_id, date(2026, 5, 1), number * 100)
        session.flush()
        found = roster(session, employee, TODAY)
        assert [entry.deposit_average for entry in found] == [
            number * 100 for number in range(len(own), 0, -1)
        ]
        held = {
            client.client_id: {
                row.product_id
                for row in session.query(Holding).where(Holding.client_id == client.client_id)
                if row.opened_on <= TODAY and (row.closed_on is None or row.closed_on > TODAY)
            }
            for client in own
        }
        assert {entry.client.client_id: entry.products for entry in found} == {
            client_id: len(products) for client_id, products in held.items()
        }
        session.rollback()
