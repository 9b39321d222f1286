"""What suits this client, which of my clients suit this product, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.services.access import log_access
from assistant.services.errors import NothingToExplain
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import client_of, named_products, product_of
from crm.clients.care import clients_in_care
from crm.clients.rights import Client
from crm.products import Product, list_products
from crm.store.session import Session
from recommender.cases import ProductFacts
from recommender.ranking import rank_clients
from recommender.recommend import recommend
from recommender.results import ClientRanking, HeldBack, Recommendation, Suggestion

FIRST_SHOWN = 5
CLIENTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ClientProducts:
    """A client's next products.

    Attributes
    ----------
    first
        Position of the first suggestion to show; 0 unless more were asked for.
    """

    client: Client
    products: Mapping[str, Product]
    recommendation: Recommendation
    first: int


@dataclass(frozen=True, slots=True)
class ProductClients:
    """The asker's own clients for a product."""

    product: Product
    products: Mapping[str, Product]
    clients: Mapping[str, Client]
    ranking: ClientRanking
    first: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole sum behind one suggestion, or the rule that holds a product back."""

    client: Client
    products: Mapping[str, Product]
    recommendation: Recommendation
    suggestion: Suggestion | None
    held_back: HeldBack | None


def products_for_client(
    resources: Resources, session: Session, question: Question
) -> ClientProducts:
    """Return the ranked products a client does not hold, and what is held back and why."""
    client = client_of(resources, session, question)
    shown = question.memory.recommendation
    goes_on = question.choices.get("more") == "products"
    first = shown.count if goes_on and shown and shown.subject == client.client_id else 0
    products, recommendation = _recommendation(
        resources, session, question, client, first + FIRST_SHOWN + 1
    )
    log_access(session, resources, question, client.client_id, "recommend")
    return ClientProducts(client, products, recommendation, first)


def clients_for_product(
    resources: Resources, session: Session, question: Question
) -> ProductClients:
    """Return the asker's own clients ranked for a product."""
    product = product_of(session, question)
    clients = {c.client_id: c for c in clients_in_care(session, question.employee)}
    products = {p.product_id: p for p in list_products(session)}
    shown = question.memory.recommendation
    goes_on = question.choices.get("more") == "clients"
    first = shown.count if goes_on and shown and shown.subject == product.product_id else 0
    ranking = rank_clients(
        resources.model.in_use(),
        product.product_id,
        resources.book.cases(session, list(clients.values()), question.today),
        {p.product_id: facts(p) for p in products.values()},
        question.today,
        first + CLIENTS_SHOWN + 1,
    )
    for entry in ranking.entries[first : first + CLIENTS_SHOWN]:
        log_access(session, resources, question, entry.client_id, "find_clients")
    return ProductClients(product, products, clients, ranking, first)


def explain(resources: Resources, session: Session, question: Question) -> Explanation:
    """Return the sum behind a product for the client in focus.

    Raises
    ------
    NothingToExplain
        No client is in focus and none is named.
    """
    if question.memory.client_id is None and not question.text:
        raise NothingToExplain
    client = client_of(resources, session, question)
    products, recommendation = _recommendation(resources, session, question, client)
    product_id = _explained(question, products, recommendation)
    log_access(session, resources, question, client.client_id, "explain")
    return Explanation(
        client,
        products,
        recommendation,
        next((s for s in recommendation.suggestions if s.product_id == product_id), None),
        next((h for h in recommendation.held_back if h.product_id == product_id), None),
    )


def facts(product: Product) -> ProductFacts:
    """Return what the recommender's gate must know of a product."""
    return ProductFacts(
        product_id=product.product_id,
        client_kind=None if product.client_kind == "both" else product.client_kind,
        risk_level=product.risk_level,
        requires=product.requires,
    )


def _recommendation(
    resources: Resources,
    session: Session,
    question: Question,
    client: Client,
    limit: int | None = None,
) -> tuple[dict[str, Product], Recommendation]:
    products = {product.product_id: product for product in list_products(session)}
    recommendation = recommend(
        resources.model.in_use(),
        resources.book.case(session, client, question.today),
        {product.product_id: facts(product) for product in products.values()},
        question.today,
        limit or len(products),
    )
    return products, recommendation


def _explained(
    question: Question, products: Mapping[str, Product], recommendation: Recommendation
) -> str:
    if chosen := question.choices.get("product_id"):
        return chosen
    named = named_products(list(products.values()), question.text)
    if named:
        return named[0].product_id
    if question.memory.product_id in products:
        return str(question.memory.product_id)
    if not recommendation.suggestions:
        raise NothingToExplain
    return recommendation.suggestions[0].product_id
