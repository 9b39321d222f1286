"""How far each product has come in the asker's book, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.services.access import log_figures
from assistant.services.books import open_own_book
from assistant.services.question import Question
from assistant.services.resources import Resources
from crm.employees import Employee
from crm.products import Product
from crm.store.session import Session
from recommender.book import Penetration, penetration
from recommender.trained import ModelCard


@dataclass(frozen=True, slots=True)
class PenetrationTable:
    """Every product's penetration over the clients the asker may see."""

    employee: Employee
    products: Mapping[str, Product]
    rows: tuple[Penetration, ...]
    clients: int
    hopeless_below: float
    card: ModelCard


def show_penetration(
    resources: Resources, session: Session, question: Question
) -> PenetrationTable:
    """Measure the asker's book; no single client is shown.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    own = open_own_book(resources, session, question)
    values = resources.selling.values
    log_figures(session, resources, question, "show_penetration")
    return PenetrationTable(
        employee=question.employee,
        products=own.catalogue.products,
        rows=tuple(penetration(own.book, values)),
        clients=len(own.clients),
        hopeless_below=values.hopeless_below,
        card=resources.model.in_use().card,
    )
