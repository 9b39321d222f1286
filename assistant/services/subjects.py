"""Which client or product a question is about."""

import re
from collections.abc import Sequence
from typing import NoReturn

from assistant.services.errors import (
    ClientNeeded,
    ClientNotFound,
    ClientUnclear,
    NoClientsOfOwn,
    ProductChoice,
    ProductNeeded,
    ProductUnclear,
)
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.blanking import blanked
from assistant.understanding.clients import ClientMatch, ClientMention
from assistant.understanding.products import ProductName, find_products
from assistant.understanding.strangers import stranger_in
from crm.clients.rights import Client, ClientName, open_client, visible_clients
from crm.errors import ClientNotVisible
from crm.products import Product, list_products
from crm.store.session import Session
from crm.terms import Role

_WITH_CLIENTS = frozenset({Role.MANAGER, Role.LEADER})
_CLOSE_SECOND = 0.93
_AROUND_A_NAME = 1
_AROUND_A_BARE_NAME = 8
_BARE = frozenset({"inform", "nlu_fallback"})


def client_of(resources: Resources, session: Session, question: Question) -> Client:
    """Return the client a question is about: chosen, named, or the one in focus.

    Raises
    ------
    NoClientsOfOwn
        The asker's role looks after no clients.
    ClientNotFound
        The one named is not among the asker's own.
    ClientUnclear
        Several of the asker's own fit.
    ClientNeeded
        None is named and none is in focus.
    """
    if question.employee.role not in _WITH_CLIENTS:
        raise NoClientsOfOwn
    return _open(session, question, _client_id(resources, session, question))


def any_client_name(session: Session, question: Question) -> str:
    """Return the name of one of the asker's own clients, for an example; empty without any."""
    if question.employee.role not in _WITH_CLIENTS:
        return ""
    own = visible_clients(session, question.employee)
    if not own:
        return ""
    return own[0].name_en if question.language == "en" and own[0].name_en else own[0].name


def product_of(session: Session, question: Question) -> Product:
    """Return the product a question is about: chosen, or named in it.

    Raises
    ------
    ProductNeeded
        None is named.
    ProductUnclear
        Several fit equally well.
    """
    products = {product.product_id: product for product in list_products(session)}
    chosen = question.choices.get("product_id")
    if chosen in products:
        return products[chosen]
    named = named_products(list(products.values()), question.text)
    if not named:
        raise ProductNeeded
    if len(named) > 1:
        raise ProductUnclear([_choice(product) for product in named])
    return named[0]


def named_products(products: Sequence[Product], text: str) -> list[Product]:
    """Return the products a text names, those that fit best; several when they fit alike."""
    matches = find_products(text, [_name(product) for product in products])
    if not matches:
        return []
    best = max(match.score for match in matches)
    fitting = [match.product_id for match in matches if match.score >= best * _CLOSE_SECOND]
    by_id = {product.product_id: product for product in products}
    return [by_id[product_id] for product_id in dict.fromkeys(fitting)]


def names_a_product(session: Session, question: Question) -> bool:
    """Tell whether a message names a product of the catalogue."""
    return bool(named_products(list_products(session), question.text))


def without_products(session: Session, text: str) -> str:
    """Return a text with the products it names left out, so that none passes for a client."""
    return blanked(text, named_places(session, text))


def named_places(session: Session, text: str) -> list[tuple[int, int]]:
    """Return where a text names products: from and up to, in the order of the text."""
    matches = find_products(text, [_name(product) for product in list_products(session)])
    return sorted({(match.start, match.end) for match in matches})


def names_only_a_client(resources: Resources, session: Session, question: Question) -> bool:
    """Tell whether a message is one of the asker's own clients' names and little else."""
    own, mention = _mention(resources, session, question)
    meant = {match.client_id for match in mention.matches}
    longest = max((len(_longer(c)) for c in own if c.client_id in meant), default=0)
    return 0 < len(question.text) <= longest + _room(question)


def names_a_client(resources: Resources, session: Session, question: Question) -> bool:
    """Tell whether a message names a client of the asker's own."""
    return _mention(resources, session, question)[1].outcome == "matches"


def client_said(
    resources: Resources, session: Session, question: Question
) -> tuple[str | None, str]:
    """Return the kind of the clients a message names, and the message without their names.

    The kind is None where it names none, or some of either kind; a name goes as it is in the book.
    """
    text = question.text
    if question.employee.role not in _WITH_CLIENTS:
        return None, text
    own, mention = _mention(resources, session, question)
    meant = {match.client_id for match in mention.matches}
    named = [client for client in own if client.client_id in meant]
    for name in (part for client in named for part in _spellings(client) if part):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    kinds = {str(client.kind) for client in named}
    return kinds.pop() if len(kinds) == 1 else None, text


def kind_in_focus(session: Session, question: Question) -> str | None:
    """Return the kind of the client spoken of before; None where there is none any more."""
    client_id = question.memory.client_id
    if client_id is None:
        return None
    try:
        return str(open_client(session, question.employee, client_id).kind)
    except ClientNotVisible:
        return None


def names_only_a_product(session: Session, question: Question) -> bool:
    """Tell whether a message is a product's name and little else."""
    names = [_name(product) for product in list_products(session)]
    matches = find_products(question.text, names)
    longest = max((match.end - match.start for match in matches), default=0)
    return 0 < len(question.text) <= longest + _room(question)


def _room(question: Question) -> int:
    """Return how many characters may stand around a name that is the whole answer."""
    return _AROUND_A_BARE_NAME if question.intent in _BARE else _AROUND_A_NAME


def _longer(client: ClientName) -> str:
    return max(_spellings(client), key=len)


def _spellings(client: ClientName) -> tuple[str, str, str]:
    return client.name, client.name_en, client.client_id


def _mention(
    resources: Resources, session: Session, question: Question
) -> tuple[Sequence[ClientName], ClientMention]:
    """Return the asker's own clients, and what a message says of one."""
    own = visible_clients(session, question.employee)
    return own, resources.book.directory(question.employee.employee_id, own).find(question.text)


def _client_id(resources: Resources, session: Session, question: Question) -> str:
    if chosen := question.choices.get("client_id"):
        return chosen
    own, mention = _mention(resources, session, question)
    if mention.outcome == "matches":
        return _single(own, mention.matches)
    if mention.outcome == "unknown":
        _refuse(session, question, mention.mention)
    if mention.outcome == "none" and (
        name := stranger_in(without_products(session, question.text))
    ):
        raise ClientNotFound(name)
    if question.memory.client_id is not None:
        return question.memory.client_id
    raise ClientNeeded


def _single(own: Sequence[ClientName], matches: Sequence[ClientMatch]) -> str:
    best = matches[0]
    rivals = [match for match in matches if match.score >= best.score * _CLOSE_SECOND]
    if len(rivals) == 1:
        return best.client_id
    names = {client.client_id: client for client in own}
    raise ClientUnclear([names[match.client_id] for match in rivals])


def _open(session: Session, question: Question, client_id: str) -> Client:
    try:
        return open_client(session, question.employee, client_id)
    except ClientNotVisible as hidden:
        raise ClientNotFound(client_id, client_id if hidden.exists else None) from hidden


def _refuse(session: Session, question: Question, mention: str) -> NoReturn:
    """Refuse a client that is not the asker's; look the number up for the audit log only."""
    _open(session, question, mention)
    raise ClientNotFound(mention)


def _name(product: Product) -> ProductName:
    return ProductName(product.product_id, product.name_zh, product.name_en, product.aliases)


def _choice(product: Product) -> ProductChoice:
    return ProductChoice(product.product_id, product.name_zh, product.name_en)
