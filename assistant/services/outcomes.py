"""What became of an offer: recorded as said, taken back, and reported."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.names import Topic
from assistant.services.access import log_change, log_figures
from assistant.services.books import require_clients
from assistant.services.errors import ProductNeeded, Unclear
from assistant.services.question import OutcomeDetails, Question
from assistant.services.resources import Resources
from assistant.services.subjects import client_of, named_products, product_of, without_products
from assistant.understanding.outcomes import (
    SaidOutcome,
    asks_a_question,
    asks_to_note,
    read_outcome,
    says_taken_back,
)
from crm.clients.rights import Client
from crm.employees import Employee, list_employees
from crm.outcomes.records import OfferOutcome, record_outcome, withdraw_outcome
from crm.outcomes.reports import AcceptanceReport, acceptance
from crm.outcomes.suggestions import last_shown
from crm.products import Product, list_products
from crm.store.session import Session
from crm.terms import OutcomeKind, RefusalReason
from recommender.gate_rules import Scope

_REPORTED_DAYS = 180


@dataclass(frozen=True, slots=True)
class Draft:
    """An outcome that lacks something.

    Attributes
    ----------
    unmet
        What must be asked for; None where only the outcome itself is missing.
    """

    details: OutcomeDetails
    unmet: Unclear | None
    client: Client | None = None
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome that stands in the store.

    Attributes
    ----------
    quiet_until, scope
        Until when, and how widely, nothing is suggested; None where that follows from nothing.
    """

    outcome_id: int
    client: Client
    product: Product
    kind: OutcomeKind
    reason: RefusalReason | None
    quiet_until: date | None
    scope: Scope | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An outcome that was withdrawn; everything is None where there was none to withdraw."""

    client: Client | None
    product: Product | None
    kind: OutcomeKind | None


@dataclass(frozen=True, slots=True)
class OutcomeFigures:
    """Acceptance, and the names of everything it is cut by."""

    employee: Employee
    report: AcceptanceReport
    products: Mapping[str, Product]
    employees: Mapping[str, Employee]
    play_names: Mapping[str, Mapping[str, str]]


def asks_about_holdings(question: Question) -> bool:
    """Tell that a typed message asks what a client took up, in the words that tell it."""
    return not question.choices and asks_a_question(question.text)


def tells_nothing(question: Question) -> bool:
    """Tell that a typed message neither says an outcome nor asks to note one."""
    if question.choices or _left_open(question) is not None:
        return False
    return read_outcome(question.text).kind is None and not asks_to_note(question.text)


def take_outcome(resources: Resources, session: Session, question: Question) -> Draft | Recorded:
    """Record what became of an offer, or say what is still to be asked for.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    ClientNotFound
        The client named is not among the asker's own.
    """
    require_clients(question.employee)
    said = _said(question)
    known = _left_open(question)
    details = OutcomeDetails(
        kind=said.kind or (known.kind if known else ""),
        reason=said.reason or (known.reason if known else None),
        product_id=_named(session, question) or (known.product_id if known else None),
    )
    try:
        client = _client(resources, session, question, known)
        details = replace(details, client_id=client.client_id)
        product = _product(session, question, known)
    except Unclear as unmet:
        return Draft(details, unmet)
    if not details.kind:
        return Draft(replace(details, product_id=product.product_id), None, client, product)
    return _record(resources, session, question, client, product, details)


def takes_back(question: Question) -> bool:
    """Tell whether a message takes back an outcome: by its button, or that just recorded."""
    if "undo" in question.choices:
        return True
    memory, told = question.memory, question.memory.outcome
    if told is None or told.outcome_id is None or memory.pending is not None:
        return False
    in_focus = (memory.topic, memory.client_id, memory.product_id)
    just_told = in_focus == (Topic.RECOMMEND, told.client_id, told.product_id)
    return just_told and says_taken_back(question.text)


def take_back(resources: Resources, session: Session, question: Question) -> TakenBack:
    """Withdraw one of the asker's own outcomes: that of a button, or that just recorded."""
    require_clients(question.employee)
    told = question.memory.outcome
    just_told = str(told.outcome_id) if told is not None else ""
    number = question.choices.get("undo", just_told)
    now = resources.clock()
    found = None
    if number.isdigit():
        found = withdraw_outcome(session, int(number), question.employee.employee_id, now)
    if found is None:
        return TakenBack(None, None, None)
    named = replace(question, choices={"client_id": found.client_id})
    client = client_of(resources, session, named)
    products = {product.product_id: product for product in list_products(session)}
    _audit(resources, session, question, "withdraw_outcome", found)
    return TakenBack(client, products[found.product_id], found.kind)


def show_outcomes(resources: Resources, session: Session, question: Question) -> OutcomeFigures:
    """Report acceptance over the clients the asker may see; no single client is shown.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    """
    require_clients(question.employee)
    begins = question.today - timedelta(days=_REPORTED_DAYS)
    log_figures(session, resources, question, "show_outcomes")
    since = resources.begin_of(begins)
    return OutcomeFigures(
        employee=question.employee,
        report=acceptance(session, question.employee, since, resources.clock()),
        products={product.product_id: product for product in list_products(session)},
        employees={one.employee_id: one for one in list_employees(session)},
        play_names={play.code: play.names for play in resources.selling.plays},
    )


def _left_open(question: Question) -> OutcomeDetails | None:
    """Return the outcome whose client or product was just asked for; an older one is forgotten."""
    pending = question.memory.pending
    return question.memory.outcome if pending and pending.topic is Topic.OUTCOME else None


def _said(question: Question) -> SaidOutcome:
    if "outcome" in question.choices:
        return SaidOutcome(question.choices["outcome"], question.choices.get("reason"))
    return read_outcome(question.text)


def _client(
    resources: Resources, session: Session, question: Question, known: OutcomeDetails | None
) -> Client:
    question = replace(question, text=without_products(session, question.text))
    if known is not None and known.client_id is not None:
        memory = replace(question.memory, client_id=known.client_id)
        question = replace(question, memory=memory)
    return client_of(resources, session, question)


def _named(session: Session, question: Question) -> str | None:
    """Return the one product a message names, so that it is not asked for a second time."""
    named = named_products(list_products(session), question.text)
    return named[0].product_id if len(named) == 1 else None


def _product(session: Session, question: Question, known: OutcomeDetails | None) -> Product:
    """Return the product chosen, named, kept from before, or of the list last shown."""
    products = {product.product_id: product for product in list_products(session)}
    if question.choices.get("product_id") in products or named_products(
        list(products.values()), question.text
    ):
        return product_of(session, question)
    kept = known.product_id if known is not None else None
    for product_id in (kept, question.memory.product_id):
        if product_id in products:
            return products[str(product_id)]
    raise ProductNeeded


def _record(
    resources: Resources,
    session: Session,
    question: Question,
    client: Client,
    product: Product,
    details: OutcomeDetails,
) -> Recorded:
    employee_id = question.employee.employee_id
    suggested = last_shown(session, employee_id, client.client_id, product.product_id)
    outcome = OfferOutcome(
        client_id=client.client_id,
        product_id=product.product_id,
        employee_id=employee_id,
        kind=OutcomeKind(details.kind),
        reason=None if details.reason is None else RefusalReason(details.reason),
        said_at=resources.now(),
        model_version=None if suggested is None else suggested.model_version,
        play=None if suggested is None else suggested.play,
    )
    outcome_id = record_outcome(session, outcome, question.turn_id)
    _audit(resources, session, question, "record_outcome", outcome)
    period = resources.selling.gate.quiet_after(outcome.kind, outcome.reason)
    return Recorded(
        outcome_id=outcome_id,
        client=client,
        product=product,
        kind=outcome.kind,
        reason=outcome.reason,
        quiet_until=None
        if period is None
        else outcome.said_at.date() + timedelta(days=period.days),
        scope=None if period is None else period.scope,
    )


def _audit(
    resources: Resources,
    session: Session,
    question: Question,
    action: str,
    outcome: OfferOutcome,
) -> None:
    log_change(
        session,
        resources,
        question,
        f"client:{outcome.client_id}",
        action,
        product=outcome.product_id,
        kind=str(outcome.kind),
        reason=str(outcome.reason or ""),
    )
