"""What suits this client, which of my clients suit this product, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.services.access import log_access, log_list
from assistant.services.books import LISTED_MOST, OwnBook, open_own_book
from assistant.services.cases import Catalogue, RuleTerms, cases_of, catalogue
from assistant.services.errors import NothingToExplain
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import client_of, named_products, product_of
from crm.clients.rights import Client
from crm.outcomes.suggestions import Shown, note_shown
from crm.products import Product
from crm.store.session import Session
from recommender.book import Action, by_expected_value, open_book
from recommender.gate_rules import Rule
from recommender.plays import agreeing
from recommender.ranking import rank_clients
from recommender.recommend import recommend
from recommender.results import ClientSuggestion, HeldBack, Recommendation, Suggestion

FIRST_SHOWN = 5
CLIENTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ClientProducts:
    """A client's next products.

    Attributes
    ----------
    first
        Position of the first suggestion to show; 0 unless more were asked for.
    chances
        By product: 0 to 1, comparable between clients.
    plays
        By product: the play that offers it to this client.
    play_names
        By play code, by language code.
    terms
        For saying the rules.
    """

    client: Client
    products: Mapping[str, Product]
    recommendation: Recommendation
    first: int
    chances: Mapping[str, float] = field(default_factory=dict)
    plays: Mapping[str, str] = field(default_factory=dict)
    play_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    terms: RuleTerms = field(default_factory=RuleTerms)


@dataclass(frozen=True, slots=True)
class RankedClient:
    """One client of a product's list, with what the sale would be worth in a year, in fen."""

    suggestion: ClientSuggestion
    value: int
    play: str | None = None


@dataclass(frozen=True, slots=True)
class ProductClients:
    """The asker's own clients for a product, by chance × value.

    Attributes
    ----------
    entries
        Those to show, from position `first` of `total`.
    hopeless
        How many more may be offered it but have a chance below `hopeless_below`.
    held_back
        By rule: how many clients it holds back.
    """

    product: Product
    products: Mapping[str, Product]
    clients: Mapping[str, Client]
    entries: tuple[RankedClient, ...]
    held_back: Mapping[str, int]
    first: int
    total: int
    hopeless: int
    hopeless_below: float
    model_version: str
    trained_at: datetime
    play_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    terms: RuleTerms = field(default_factory=RuleTerms)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole sum behind one suggestion, or the rule that holds a product back.

    Attributes
    ----------
    changed
        Another version of the model had made the suggestion, and is no longer here to ask.
    """

    client: Client
    products: Mapping[str, Product]
    recommendation: Recommendation
    suggestion: Suggestion | None
    held_back: HeldBack | None
    terms: RuleTerms = field(default_factory=RuleTerms)
    changed: bool = False


def products_for_client(
    resources: Resources, session: Session, question: Question
) -> ClientProducts:
    """Return the ranked products a client does not hold, and what is held back and why."""
    client = client_of(resources, session, question)
    shown = question.memory.recommendation
    goes_on = question.choices.get("more") == "products"
    first = shown.count if goes_on and shown and shown.subject == client.client_id else 0
    answer = client_products(resources, session, question, client, first, first + FIRST_SHOWN + 1)
    log_access(session, resources, question, client.client_id, "recommend")
    upto = answer.recommendation.suggestions[first : first + FIRST_SHOWN]
    _note_products(resources, session, question, answer, upto)
    return answer


def client_products(
    resources: Resources,
    session: Session,
    question: Question,
    client: Client,
    first: int,
    limit: int,
) -> ClientProducts:
    """Work out a client's products without noting that they were shown."""
    known = catalogue(resources, session)
    [case] = cases_of(resources, session, [client], known.products, question.today)
    selling = resources.selling
    recommendation = recommend(
        resources.model.in_use(), case, known.facts, question.today, limit, selling.gate
    )
    book = open_book(
        resources.model.in_use(), [case], known.facts, selling.values, question.today, selling.gate
    )
    chances = dict(zip(known.facts, book.chances[0].tolist(), strict=True))
    return ClientProducts(
        client=client,
        products=known.products,
        recommendation=recommendation,
        first=first,
        chances=chances,
        plays=agreeing(selling.plays, case),
        play_names={play.code: play.names for play in selling.plays},
        terms=known.terms,
    )


def clients_for_product(
    resources: Resources, session: Session, question: Question
) -> ProductClients:
    """Return the asker's own clients for a product, by chance × value.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    own = open_own_book(resources, session, question)
    product = product_of(session, question)
    shown = question.memory.recommendation
    goes_on = question.choices.get("more") == "clients"
    first = shown.count if goes_on and shown and shown.subject == product.product_id else 0
    answer = product_clients(resources, question, own, product, first, CLIENTS_SHOWN)
    shown_ids = (entry.suggestion.client_id for entry in answer.entries)
    log_list(session, resources, question, shown_ids, "find_clients")
    _note_clients(resources, session, question, answer, own)
    return answer


def product_clients(
    resources: Resources,
    question: Question,
    own: OwnBook,
    product: Product,
    first: int,
    count: int,
) -> ProductClients:
    """Work out a product's clients without noting that they were shown."""
    trained, selling = resources.model.in_use(), resources.selling
    actions, hopeless = by_expected_value(own.book, product.product_id, selling.values)
    chosen = actions[first : first + min(count, LISTED_MOST)]
    cases = {case.client_id: case for case in own.book.cases}
    ranking = rank_clients(
        trained,
        product.product_id,
        [cases[action.client_id] for action in chosen],
        own.catalogue.facts,
        question.today,
        len(chosen),
        selling.gate,
    )
    found = {entry.client_id: entry for entry in ranking.entries}
    entries = tuple(
        RankedClient(
            _placed(found[action.client_id], action, rank),
            action.value,
            agreeing(selling.plays, cases[action.client_id]).get(product.product_id),
        )
        for rank, action in enumerate(chosen, start=first + 1)
    )
    return ProductClients(
        product=product,
        products=own.catalogue.products,
        clients=own.clients,
        entries=entries,
        held_back=own.held_back(product.product_id, selling.gate),
        first=first,
        total=len(actions),
        hopeless=hopeless,
        hopeless_below=selling.values.hopeless_below,
        model_version=ranking.model_version,
        trained_at=ranking.trained_at,
        play_names={play.code: play.names for play in selling.plays},
        terms=own.catalogue.terms,
    )


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
    known = catalogue(resources, session)
    [case] = cases_of(resources, session, [client], known.products, question.today)
    shown = question.memory.recommendation
    version = shown.version if shown else None
    recommendation = recommend(
        resources.model.that_showed(version),
        case,
        known.facts,
        question.today,
        len(known.facts),
        resources.selling.gate,
    )
    product_id = _explained(question, known, recommendation)
    log_access(session, resources, question, client.client_id, "explain")
    return Explanation(
        client,
        known.products,
        recommendation,
        next((s for s in recommendation.suggestions if s.product_id == product_id), None),
        next((h for h in recommendation.held_back if h.product_id == product_id), None),
        known.terms,
        changed=version is not None and version != recommendation.model_version,
    )


def _placed(entry: ClientSuggestion, action: Action, rank: int) -> ClientSuggestion:
    return replace(entry, chance=action.chance, rank=rank)


def _note_products(
    resources: Resources,
    session: Session,
    question: Question,
    answer: ClientProducts,
    upto: Sequence[Suggestion],
) -> None:
    """Note what was shown, and what would have been there had it not been withheld."""
    least = min((answer.chances[s.product_id] for s in upto), default=0.0)
    withheld = [
        stop.product_id
        for stop in answer.recommendation.held_back
        if stop.rule == Rule.CONTROL_GROUP
        and (answer.chances[stop.product_id] >= least or len(upto) < FIRST_SHOWN)
    ]
    named = [(s.product_id, False) for s in upto] + [(name, True) for name in withheld]
    note_shown(
        session,
        [
            Shown(
                client_id=answer.client.client_id,
                product_id=product_id,
                employee_id=question.employee.employee_id,
                list_kind="products",
                model_version=answer.recommendation.model_version,
                chance=answer.chances[product_id],
                play=answer.plays.get(product_id),
                withheld=held,
            )
            for product_id, held in named
        ],
        resources.clock(),
    )


def _note_clients(
    resources: Resources,
    session: Session,
    question: Question,
    answer: ProductClients,
    own: OwnBook,
) -> None:
    """Note who was shown, and who would have been had it not been withheld."""
    shown = [(e.suggestion.client_id, e.suggestion.chance, e.play, False) for e in answer.entries]
    least = min((e.suggestion.chance * e.value for e in answer.entries), default=0.0)
    product_id = answer.product.product_id
    withheld = own.withheld(resources.selling.gate, least, product_id)
    shown += [(one.client_id, one.chance, None, True) for one in withheld]
    note_shown(
        session,
        [
            Shown(
                client_id=client_id,
                product_id=product_id,
                employee_id=question.employee.employee_id,
                list_kind="clients",
                model_version=answer.model_version,
                chance=chance,
                play=play,
                withheld=held,
            )
            for client_id, chance, play, held in shown
        ],
        resources.clock(),
    )


def _explained(question: Question, known: Catalogue, recommendation: Recommendation) -> str:
    if chosen := question.choices.get("product_id"):
        return chosen
    named = named_products(list(known.products.values()), question.text)
    if named:
        return named[0].product_id
    if question.memory.product_id in known.products:
        return str(question.memory.product_id)
    if not recommendation.suggestions:
        raise NothingToExplain
    return recommendation.suggestions[0].product_id
