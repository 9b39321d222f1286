"""The list last shown, whole, to be taken away."""

from dataclasses import dataclass, replace
from datetime import date

from assistant.services.access import log_access, log_list
from assistant.services.books import LISTED_MOST, open_own_book, require_clients
from assistant.services.contacting import ContactList, contact_list
from assistant.services.holders import ProductHolders, product_holders
from assistant.services.penetrating import PenetrationTable, show_penetration
from assistant.services.question import Listed, Question
from assistant.services.recommending import (
    ClientProducts,
    ProductClients,
    client_products,
    product_clients,
)
from assistant.services.resources import Resources
from assistant.services.roster import ClientRoster, Wanted, read_roster
from assistant.services.subjects import client_of, product_of
from crm.employees import Employee
from crm.store.session import Session

type AnyList = (
    ClientProducts | ProductClients | ProductHolders | ClientRoster | ContactList | PenetrationTable
)

_ACTION = "export_list"


@dataclass(frozen=True, slots=True)
class ExportedList:
    """A list, who takes it away, and on which business day."""

    found: AnyList
    employee: Employee
    on: date


def export_list(
    resources: Resources, session: Session, question: Question, listed: Listed
) -> ExportedList:
    """Work out the last list anew, as it stands now and as long as lists may be.

    Every client on it goes to the audit log.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    ClientNotFound
        The client is no longer among the asker's own.
    """
    found: AnyList
    if listed.kind == "products":
        found = _products(resources, session, question, listed.subject)
    elif listed.kind == "clients":
        found = _clients(resources, session, question, listed.subject)
    elif listed.kind == "holders":
        found = _holders(resources, session, question, listed.subject)
    elif listed.kind == "roster":
        found = _roster(resources, session, question, listed.subject)
    elif listed.kind == "book":
        found = contact_list(resources, session, question, action=_ACTION)
    else:
        found = show_penetration(resources, session, question)
    return ExportedList(found, question.employee, question.today)


def _products(
    resources: Resources, session: Session, question: Question, client_id: str
) -> ClientProducts:
    chosen = replace(question, choices={"client_id": client_id})
    client = client_of(resources, session, chosen)
    log_access(session, resources, question, client_id, _ACTION)
    return client_products(resources, session, question, client, 0, LISTED_MOST)


def _clients(
    resources: Resources, session: Session, question: Question, product_id: str
) -> ProductClients:
    own = open_own_book(resources, session, question)
    product = product_of(session, replace(question, choices={"product_id": product_id}))
    found = product_clients(resources, question, own, product, 0, LISTED_MOST)
    shown = (entry.suggestion.client_id for entry in found.entries)
    log_list(session, resources, question, shown, _ACTION)
    return found


def _holders(
    resources: Resources, session: Session, question: Question, product_id: str
) -> ProductHolders:
    require_clients(question.employee)
    product = product_of(session, replace(question, choices={"product_id": product_id}))
    found = product_holders(session, question, product, 0, LISTED_MOST)
    shown = (entry.client.client_id for entry in found.entries)
    log_list(session, resources, question, shown, _ACTION)
    return found


def _roster(
    resources: Resources, session: Session, question: Question, subject: str
) -> ClientRoster:
    found = read_roster(session, question, Wanted.of(subject), 0, LISTED_MOST)
    shown = (entry.client.client_id for entry in found.entries)
    log_list(session, resources, question, shown, _ACTION)
    return found
