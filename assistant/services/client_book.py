"""Clients as the recommender sees them: attributes from the newest data, holdings as of now."""

import threading
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.services.features import client_attributes
from assistant.understanding.clients import ClientDirectory
from crm.clients.care import open_products
from crm.clients.rights import Client, ClientName
from crm.products import list_products
from crm.store.engine import Store
from crm.store.session import Session
from recommender.cases import ClientCase


class ClientBook:
    """Keeps every client's attributes ready, and an index of names for each employee.

    Attributes are those of the last `refresh`; holdings, rights, grade and questionnaire are
    read from the store at every question.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._attributes: Mapping[str, Mapping[str, object]] = {}
        self._directories: dict[str, tuple[tuple[ClientName, ...], ClientDirectory]] = {}
        self._vocabulary: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def refresh(self, today: date) -> int:
        """Read all clients' attributes anew; return how many clients there are."""
        with self._store.read() as session:
            frame = client_attributes(session, today)
            products = list_products(session)
        attributes: dict[str, dict[str, object]] = {
            str(client_id): {str(name): value for name, value in row.items()}
            for client_id, row in zip(frame.index, frame.to_dict("records"), strict=True)
        }
        self._attributes = attributes
        named = " ".join(f"{product.name_en} {' '.join(product.aliases)}" for product in products)
        self._vocabulary = frozenset(named.lower().split())
        return len(attributes)

    def directory(self, employee_id: str, own: Sequence[ClientName]) -> ClientDirectory:
        """Return the index over an employee's own clients, rebuilt when they changed."""
        names = tuple(own)
        with self._lock:
            known = self._directories.get(employee_id)
            if known is None or known[0] != names:
                known = (names, ClientDirectory(names, self._vocabulary))
                self._directories[employee_id] = known
            return known[1]

    def case(self, session: Session, client: Client, today: date) -> ClientCase:
        """Return one client as the recommender needs it."""
        return self.cases(session, [client], today)[0]

    def cases(self, session: Session, clients: Sequence[Client], today: date) -> list[ClientCase]:
        """Return several clients as the recommender needs them."""
        held = open_products(session, [client.client_id for client in clients], today)
        return [
            ClientCase(
                client_id=client.client_id,
                attributes=self._attributes.get(client.client_id, {"kind": client.kind}),
                held=held.get(client.client_id, ()),
                kind=client.kind,
                risk_grade=client.risk_grade,
                risk_expires_on=client.risk_expires_on,
                branch_id=client.branch_id,
                region=client.region,
                licences=client.licences,
                balance=_fen(self._attributes.get(client.client_id, {}).get("deposit_balance")),
                do_not_contact=client.do_not_contact,
            )
            for client in clients
        ]


def _fen(yuan: object) -> int | None:
    known = isinstance(yuan, int | float) and yuan == yuan  # noqa: PLR0124  # NaN
    return round(float(yuan) * 100) if known else None  # type: ignore[arg-type]  # known is a number
