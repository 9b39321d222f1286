"""The client a fee is asked for: what of him the tariff may look at."""

import re
from dataclasses import dataclass

from assistant.services.access import log_access
from assistant.services.errors import ClientNotFound, ClientUnclear
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.clients import ClientMention
from crm.clients.care import open_products
from crm.clients.indicators import latest_indicators
from crm.clients.rights import Client, ClientName, open_client, visible_clients
from crm.errors import ClientNotVisible
from crm.store.session import Session
from crm.terms import Role

_WITH_CLIENTS = frozenset({Role.MANAGER, Role.LEADER})
_NUMBER = re.compile(r"[A-Z]\d+")
_PLAINLY_NAMED = 0.9
_CLOSE_SECOND = 0.93


@dataclass(frozen=True, slots=True)
class ClientTerms:
    """A client of the asker's own as the tariff sees him.

    Attributes
    ----------
    products
        What he holds today.
    average_balance
        Average of his deposits in the latest month on record, in fen, CNY; None is unknown.
    """

    client: Client
    products: frozenset[str]
    average_balance: int | None


def client_terms(
    resources: Resources, session: Session, question: Question, kind: str | None
) -> ClientTerms | None:
    """Return the client a fee question names, or the one in focus; None where there is none.

    A name is taken for a client only where it is plainly one: the fee does not need it. A client
    in focus of another kind than the one asked about is left aside.

    Raises
    ------
    ClientNotFound
        A client number is named that is not one of the asker's own.
    ClientUnclear
        Several of the asker's own fit alike.
    """
    if question.employee.role not in _WITH_CLIENTS:
        return None
    named = question.choices.get("client_id") or _named(resources, session, question)
    client_id = named or question.memory.client_id
    if client_id is None:
        return None
    client = _open(session, question, client_id, named=named is not None)
    if client is None or (named is None and kind not in (None, client.kind)):
        return None
    log_access(session, resources, question, client.client_id, "quote_fee")
    held = open_products(session, [client.client_id], question.today)
    latest = latest_indicators(session, client.client_id)
    return ClientTerms(
        client,
        frozenset(held.get(client.client_id, ())),
        None if latest is None else latest.deposit_average,
    )


def _named(resources: Resources, session: Session, question: Question) -> str | None:
    if not question.text:
        return None
    own = visible_clients(session, question.employee)
    mention = resources.book.directory(question.employee.employee_id, own).find(question.text)
    if mention.outcome == "matches":
        return _single(own, mention)
    if mention.outcome == "unknown" and _NUMBER.fullmatch(mention.mention):
        return mention.mention  # refused when it is opened
    return None


def _single(own: list[ClientName], mention: ClientMention) -> str | None:
    best = mention.matches[0]
    if best.score < _PLAINLY_NAMED:
        return None
    rivals = [match for match in mention.matches if match.score >= best.score * _CLOSE_SECOND]
    if len(rivals) > 1:
        names = {client.client_id: client for client in own}
        raise ClientUnclear([names[match.client_id] for match in rivals])
    return best.client_id


def _open(session: Session, question: Question, client_id: str, *, named: bool) -> Client | None:
    try:
        return open_client(session, question.employee, client_id)
    except ClientNotVisible as hidden:
        if not named:
            return None
        raise ClientNotFound(client_id, client_id if hidden.exists else None) from hidden
