"""What does this client have with us."""

from dataclasses import dataclass

from assistant.services.access import log_access
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import client_of
from crm.clients.holdings import HeldProduct, open_holdings
from crm.clients.indicators import MonthlyIndicators, latest_indicators
from crm.clients.rights import Client
from crm.store.session import Session


@dataclass(frozen=True, slots=True)
class ClientHoldings:
    """A client's open holdings and the newest month of indicators."""

    client: Client
    holdings: tuple[HeldProduct, ...]
    indicators: MonthlyIndicators | None


def show_holdings(resources: Resources, session: Session, question: Question) -> ClientHoldings:
    """Return what the client a question is about holds."""
    client = client_of(resources, session, question)
    log_access(session, resources, question, client.client_id, "show_holdings")
    return ClientHoldings(
        client,
        tuple(open_holdings(session, client.client_id, question.today)),
        latest_indicators(session, client.client_id),
    )
