"""The client a fee is asked for: what of him the tariff may look at."""

import re
from dataclasses import dataclass

from assistant.services.access import log_access
from assistant.services.errors import ClientNotFound, ClientUnclear
from assistant.services.fee_details import Asked
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
_DIGIT = re.compile(r"\d")
_PLAINLY_NAMED, _PLAINLY_MISSPELT = 0.8, 0.9
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


@dataclass(frozen=True, slots=True)
class FeeClient:
    """For whom a fee is asked.

    Attributes
    ----------
    terms
        None where it is nobody in particular, or nobody of the asker's own.
    unknown
        A name in the question that none of the asker's own clients bears; it may be somebody
        else's client or nobody's, which is not looked into.
    """

    terms: ClientTerms | None = None
    unknown: str = ""


def fee_client(
    resources: Resources, session: Session, question: Question, asked: Asked
) -> FeeClient:
    """Return the client a fee question names, or the one in focus.

    A name is taken for a client only where it is plainly one: the fee does not need it. A client
    in focus of another kind than the one asked about, or than the service is for, is left aside,
    and so is he where somebody else is named.

    Raises
    ------
    ClientNotFound
        A client number is named that is not one of the asker's own.
    ClientUnclear
        Several of the asker's own fit alike.
    """
    if question.employee.role not in _WITH_CLIENTS:
        return FeeClient()
    named, unknown = question.choices.get("client_id"), ""
    if named is None and not asked.explained:
        named, unknown = _named(resources, session, question, asked)
    client_id = named or question.memory.client_id
    if client_id is None or unknown:
        return FeeClient(unknown=unknown)
    kind = asked.details.client_kind
    client = _open(session, question, client_id, named=named is not None)
    if client is None:
        return FeeClient()
    if named is None and (
        kind not in (None, client.kind) or not _serves(resources, asked, client.kind)
    ):
        return FeeClient()
    log_access(session, resources, question, client.client_id, "quote_fee")
    held = open_products(session, [client.client_id], question.today)
    latest = latest_indicators(session, client.client_id)
    terms = ClientTerms(
        client,
        frozenset(held.get(client.client_id, ())),
        None if latest is None else latest.deposit_average,
    )
    return FeeClient(terms)


def _serves(resources: Resources, asked: Asked, kind: str) -> bool:
    """Tell whether the service asked about, if one is known, is for a kind of client."""
    service = asked.details.service
    rows = () if service is None else resources.content.library.tariff.rows_of(service)
    return not rows or any(row.serves_kind(kind) for row in rows)


def _named(
    resources: Resources, session: Session, question: Question, asked: Asked
) -> tuple[str | None, str]:
    """Return the number of the client named, and a name that none of the asker's own bears."""
    own = visible_clients(session, question.employee)
    mention = resources.book.directory(question.employee.employee_id, own).find(question.text)
    if mention.outcome == "matches":
        return _single(own, mention), ""
    if mention.outcome == "unknown" and _NUMBER.fullmatch(mention.mention):
        return mention.mention, ""  # refused when it is opened
    # What is part of a service's name, or holds a number, is nobody's name.
    is_name = mention.mention in asked.rest and not _DIGIT.search(mention.mention)
    return None, mention.mention if is_name else ""


def _single(own: list[ClientName], mention: ClientMention) -> str | None:
    best = mention.matches[0]
    if best.score < (_PLAINLY_MISSPELT if best.how == "slip" else _PLAINLY_NAMED):
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
