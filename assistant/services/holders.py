"""Which of my clients hold this product, and how many do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.names import Intent
from assistant.services.access import log_list
from assistant.services.books import LISTED_MOST, overseen, require_clients
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import named_places, names_a_client, product_of
from assistant.understanding.holding_questions import (
    PRODUCT,
    Standing,
    asked_standing,
    seeks_buyers,
)
from crm.clients.holders import Holder, holders_in_care
from crm.clients.rights import visible_clients
from crm.employees import Employee
from crm.products import Product
from crm.store.session import Session
from crm.terms import ProductAudience

HOLDERS_SHOWN = 10

_MAY_BE_ONE = frozenset(
    {
        "ask_holdings",
        "ask_procedure",
        "contact_first",
        "find_clients",
        "inform",
        "list_clients",
        "nlu_fallback",
        "out_of_scope",
        "recommend_products",
    }
)


@dataclass(frozen=True, slots=True)
class ProductHolders:
    """Who of the asker's own clients holds a product, the newest holding first.

    Attributes
    ----------
    entries
        Those to show, from position `first` of `total`.
    clients
        How many of the asker's own clients are of a kind that may hold it.
    managers
        By employee id; only for an asker who sees the clients of several.
    branch
        Its Chinese and English name, for such an asker.
    """

    product: Product
    entries: Sequence[Holder]
    first: int
    total: int
    clients: int
    managers: Mapping[str, Employee]
    branch: tuple[str, str] = ("", "")

    @property
    def lacking(self) -> int:
        """How many clients of a kind that may hold it do not."""
        return max(self.clients - self.total, 0)


def find_holders(resources: Resources, session: Session, question: Question) -> ProductHolders:
    """Return a page of the asker's own clients who hold a product now.

    Each client shown goes to the audit log. "Any more?" goes on where the list shown ended.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    ProductNeeded, ProductUnclear
        No product is named, or several fit.
    """
    require_clients(question.employee)
    product = product_of(session, question)
    first = _first(question, product)
    found = product_holders(session, question, product, first, HOLDERS_SHOWN)
    shown = (entry.client.client_id for entry in found.entries)
    log_list(session, resources, question, shown, "find_holders")
    return found


def product_holders(
    session: Session, question: Question, product: Product, first: int, count: int
) -> ProductHolders:
    """Read who holds a product without noting that anybody was shown."""
    employee = question.employee
    holders = holders_in_care(session, employee, product.product_id, question.today)
    managers, branch = overseen(session, employee)
    return ProductHolders(
        product=product,
        entries=holders[first : first + min(count, LISTED_MOST)],
        first=first,
        total=len(holders),
        clients=sum(
            product.client_kind in (ProductAudience.BOTH, str(client.kind))
            for client in visible_clients(session, employee)
        ),
        managers=managers,
        branch=branch,
    )


def asks_for_holders(resources: Resources, session: Session, question: Question) -> bool:
    """Tell that a message taken for another question asks who holds a product."""
    if question.intent not in _MAY_BE_ONE or _standing(session, question) != "held":
        return False
    return not names_a_client(resources, session, question)


def asks_for_others(session: Session, question: Question) -> bool:
    """Tell that a message asks who does not hold a product, whom one might offer it."""
    return bool(question.text) and _standing(session, question) == "lacking"


def seeks_no_holders(resources: Resources, session: Session, question: Question) -> Intent | None:
    """Return what a message taken for a question for holders asks instead; None where it is one.

    That is whom to offer something, or what the one client holds whom it names.
    """
    standing = _standing(session, question)
    if standing == "lacking" or (standing is None and seeks_buyers(question.text)):
        return Intent.FIND_CLIENTS
    if standing is None and names_a_client(resources, session, question):
        return Intent.ASK_HOLDINGS
    return None


def _standing(session: Session, question: Question) -> Standing | None:
    if not question.text:
        return None
    text, end = "", 0
    for start, stop in named_places(session, question.text):
        text, end = text + question.text[end:start] + PRODUCT, stop
    return asked_standing(text + question.text[end:])


def _first(question: Question, product: Product) -> int:
    listed = question.memory.listed
    if listed is None or question.choices.get("more") != "holders":
        return 0
    same = (listed.kind, listed.subject) == ("holders", product.product_id)
    return listed.first + len(listed.rows) if same else 0
