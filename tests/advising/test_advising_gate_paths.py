"""Nothing unsuitable is shown on any path, whatever the records of clients and outcomes say.

The whole bank's gate-relevant records are drawn anew for each seed; then every use case that
shows a product for a client is asked, and each pair it shows is judged by rules written apart
from the gate.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from assistant.bootstrap import Parts
from assistant.services.contacting import contact_list
from assistant.services.exporting import export_list
from assistant.services.penetrating import show_penetration
from assistant.services.question import Listed, Memory, Question
from assistant.services.recommending import (
    ClientProducts,
    ProductClients,
    clients_for_product,
    explain,
    products_for_client,
)
from crm.employees import find_employee
from crm.store.session import Session
from crm.store.tables.advice import OutcomeRow
from crm.store.tables.clients import Client, Holding
from crm.store.tables.conversations import Turn
from crm.store.tables.products import Product
from crm.terms import OutcomeKind, RefusalReason, RiskGrade

MANAGER = "E0009"
PRODUCTS = (
    "BOND_TREASURY",
    "FUND_OPEN",
    "TRUST_PRIVATE",
    "CUSTODY",
    "INTL_SETTLEMENT",
    "CASH_MGMT",
)

Pair = tuple[str, str]


def redraw(session: Session, rng: random.Random, today: date) -> None:
    """Draw anew whatever the gate looks at for one manager's clients."""
    ids = session.scalars(select(Client.client_id).where(Client.manager_id == MANAGER)).all()
    for client_id in ids:
        grade = rng.choice([None, *RiskGrade])
        session.execute(
            update(Client)
            .where(Client.client_id == client_id)
            .values(
                do_not_contact=rng.random() < 0.3,
                risk_grade=grade,
                risk_expires_on=rng.choice([None, today, today - timedelta(1), today]),
                licences=rng.choice([[], ["foreign_trade"], ["securities"]]),
            )
        )
    for product in session.scalars(select(Product)):
        product.sold_from = rng.choice([None, None, None, today + timedelta(1)])
        product.sold_until = rng.choice([None, None, None, today - timedelta(1)])
        product.branches = rng.choice([[], [], ["B01"], ["B02", "B03"]])
        product.quota = rng.choice([None, None, 0, 5])
        if product.sold_from and product.sold_until:
            product.sold_until = None
    record_refusals(session, rng, list(ids), today)


def record_refusals(session: Session, rng: random.Random, ids: list[str], today: date) -> None:
    products = session.scalars(select(Product.product_id)).all()
    for client_id in rng.sample(ids, 60):
        turn_id = f"{client_id}-{rng.random()}"
        at = datetime.now(UTC) - timedelta(days=rng.randrange(100))
        session.add(
            Turn(
                turn_id=turn_id,
                conversation_id="web:E0009:main",
                message_id=turn_id,
                employee_id=MANAGER,
                text="",
                button=None,
                language="zh",
                status="answered",
                received_at=at,
                finished_at=at,
            )
        )
        session.flush()
        session.add(
            OutcomeRow(
                client_id=client_id,
                product_id=rng.choice(products),
                employee_id=MANAGER,
                kind=OutcomeKind.REFUSED,
                reason=rng.choice([None, *RefusalReason]),
                said_at=at,
                turn_id=turn_id,
                model_version=None,
                play=None,
                withdrawn_at=None,
            )
        )


class Judge:
    """Tells whether a product may be shown for a client, from the rows of the store alone."""

    def __init__(self, session: Session, parts: Parts, today: date) -> None:
        self._session = session
        self._parts = parts
        self._today = today

    def complaint(self, client_id: str, product_id: str) -> str:
        client = self._session.get_one(Client, client_id)
        product = self._session.get_one(Product, product_id)
        open_holdings = self._session.scalars(
            select(Holding.product_id).where(
                Holding.client_id == client_id,
                Holding.opened_on <= self._today,
                (Holding.closed_on.is_(None)) | (Holding.closed_on > self._today),
            )
        ).all()
        checks = {
            "another manager's": client.manager_id == MANAGER,
            "held": product_id not in open_holdings,
            "kind": product.client_kind in ("both", client.kind),
            "silent": not client.do_not_contact,
            "place": not product.branches or client.branch_id in product.branches,
            "window": (product.sold_from or self._today)
            <= self._today
            <= (product.sold_until or self._today),
            "quota": product.quota is None or product.quota > 0,
            "requires": set(product.requires) <= set(open_holdings),
            "licence": product.licence is None or product.licence in client.licences,
            "risk": self._risk(client, product),
            "quiet": not self._quiet(client_id, product),
        }
        return ", ".join(name for name, holds in checks.items() if not holds)

    def _risk(self, client: Client, product: Product) -> bool:
        if product.risk_level is None:
            return True
        if client.risk_grade is None or product.risk_level[1] > client.risk_grade[1]:
            return False
        return client.risk_expires_on is None or client.risk_expires_on >= self._today

    def _quiet(self, client_id: str, product: Product) -> bool:
        """A plain refusal keeps the product quiet for at least thirty days, whatever the reason."""
        rows = self._session.scalars(
            select(OutcomeRow).where(
                OutcomeRow.client_id == client_id,
                OutcomeRow.product_id == product.product_id,
                OutcomeRow.said_at > datetime.now(UTC) - timedelta(days=29),
            )
        ).all()
        return bool(rows)


def asked(session: Session, parts: Parts, **choices: str) -> Question:
    return Question(
        employee=find_employee(session, MANAGER),
        conversation_id="web:E0009:main",
        turn_id="t",
        text="?",
        language="zh",
        intent="",
        choices=choices,
        memory=Memory(),
        today=parts.resources.today(),
    )


def of_client(answer: ClientProducts) -> Iterator[Pair]:
    for suggestion in answer.recommendation.suggestions:
        yield answer.client.client_id, suggestion.product_id


def of_product(answer: ProductClients) -> Iterator[Pair]:
    for entry in answer.entries:
        yield entry.suggestion.client_id, answer.product.product_id


def everything_shown(parts: Parts, session: Session, rng: random.Random) -> Iterator[Pair]:
    """Ask every use case that shows a product for a client."""
    resources = parts.resources
    ids = session.scalars(select(Client.client_id).where(Client.manager_id == MANAGER)).all()
    for client_id in rng.sample(list(ids), 12):
        question = asked(session, parts, client_id=client_id)
        yield from of_client(products_for_client(resources, session, question))
        exported = export_list(resources, session, question, Listed("products", client_id))
        assert isinstance(exported.found, ClientProducts)
        yield from of_client(exported.found)
        for product_id in PRODUCTS:
            why = explain(
                resources,
                session,
                replace(question, choices={"client_id": client_id, "product_id": product_id}),
            )
            if why.suggestion is not None:
                yield client_id, why.suggestion.product_id
    for product_id in PRODUCTS:
        question = asked(session, parts, product_id=product_id)
        yield from of_product(clients_for_product(resources, session, question))
        exported = export_list(resources, session, question, Listed("clients", product_id))
        assert isinstance(exported.found, ProductClients)
        yield from of_product(exported.found)
    contacts = contact_list(resources, session, asked(session, parts)).contacts
    yield from ((one.action.client_id, one.action.product_id) for one in contacts)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_unsuitable_is_shown_on_any_path(parts: Parts, seed: int) -> None:
    rng, today = random.Random(seed), parts.resources.today()  # no secret
    with parts.store.begin() as session:
        redraw(session, rng, today)
    with parts.store.read() as session:
        shown = list(everything_shown(parts, session, rng))
        judge = Judge(session, parts, today)
        complaints = {pair: judge.complaint(*pair) for pair in set(shown)}
        assert len(shown) > 20
        assert {pair: why for pair, why in complaints.items() if why} == {}
        for row in show_penetration(parts.resources, session, asked(session, parts)).rows:
            listed = export_list(
                parts.resources, session, asked(session, parts), Listed("clients", row.product_id)
            ).found
            assert isinstance(listed, ProductClients)
            assert row.open == listed.total
        session.expunge_all()
