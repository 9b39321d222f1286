"""What does it cost: from a question, and what was known before, to a quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from assistant.services.fee_client import ClientTerms, fee_client
from assistant.services.fee_details import read_fee_question
from assistant.services.question import Detail, FeeDetails, Question
from assistant.services.resources import Resources
from crm.store.session import Session
from knowledge.errors import NoTariffRow
from knowledge.tariff.changes import Change, changes
from knowledge.tariff.comparing import (
    Band,
    Offer,
    bands,
    quotes_by_grade,
    quotes_of_offers,
    quotes_over,
)
from knowledge.tariff.freedom import Freedom, freedom
from knowledge.tariff.missing import Missing
from knowledge.tariff.query import FeeQuery
from knowledge.tariff.quote import Quote, quote, quotes_by_channel
from knowledge.tariff.rows import Tariff
from knowledge.tariff.spans import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """One fee, with what would change it, and today's where another day was asked for."""

    quote: Quote
    changes: tuple[Change, ...] = ()
    today: Quote | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Several fees side by side.

    Attributes
    ----------
    by
        In what they differ. Of offers one is chosen where they are `weighed`, else they are added.
    """

    by: Literal["channels", "grades", "offers", "days"]
    quotes: tuple[Quote, ...]
    weighed: bool = True


type Found = Quoted | Compared | tuple[Band, ...] | Freedom | Missing


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """What was found, with the details so far and the client they are for.

    Attributes
    ----------
    unknown
        A name in the question that none of the asker's own clients bears.
    """

    details: FeeDetails
    result: Found
    terms: ClientTerms | None = None
    unknown: str = ""

    @property
    def asked(self) -> Detail:
        """The first detail that is missing; only where one is."""
        assert isinstance(self.result, Missing)  # noqa: S101  # the callers looked
        return self.result.details[0]  # type: ignore[return-value]  # details of the tariff


def quote_fee(resources: Resources, session: Session, question: Question) -> FeeAnswer:
    """Work out the fee a question asks for, or what it wants compared.

    What the question does not say is taken from the fee question before it, unless it names
    another service. The grade, holdings and balance of a client of the asker's own count.

    Raises
    ------
    knowledge.errors.AmountNotPositive
        The amount or number is zero or less.
    knowledge.errors.NoTariffRow
        Nothing is priced so; the error names the alternatives.
    knowledge.errors.RateMissing
        An amount is to be converted and no rate was posted until the day.
    ClientNotFound, ClientUnclear
        A client is named who is not the asker's own, or several fit.
    """
    asked = read_fee_question(resources, question)
    if len(asked.services) > 1:
        return FeeAnswer(asked.details, Missing(("service",), {"service": asked.services}))
    client = fee_client(resources, session, question, asked)
    query = _query(asked.details, client.terms, question.today)
    result = _found(resources.content.library.tariff, asked.details, query, question.today)
    return FeeAnswer(asked.details, result, client.terms, client.unknown)


def fee_details(resources: Resources, question: Question) -> FeeDetails:
    """Return what is known of a fee question after this message."""
    return read_fee_question(resources, question).details


def _found(tariff: Tariff, details: FeeDetails, query: FeeQuery, today: date) -> Found:
    if details.aim == "free":
        return freedom(tariff, query)
    if len(details.offers) > 1:
        offers = [Offer(*offer) for offer in details.offers]
        return _compared("offers", quotes_of_offers(tariff, query, offers), details.weighed)
    if details.aim == "channels":
        return _by_channel(tariff, query, details.compared)
    if details.aim == "grades":
        return _compared("grades", quotes_by_grade(tariff, query))
    if details.upper is not None and details.amount is not None:
        return _ranged(tariff, query, details.upper)
    return _as_of(tariff, query, details, today)


def _by_channel(tariff: Tariff, query: FeeQuery, wanted: Sequence[str]) -> Found:
    found = quotes_by_channel(tariff, query)
    if isinstance(found, Missing) or not wanted:
        return _compared("channels", found)
    chosen = tuple(q for q in found if q.query.channel in (*wanted, "any"))
    # where one of the channels has no price, what there is instead says more than the other alone
    return _compared("channels", chosen if len(chosen) >= len(wanted) else found)


def _ranged(tariff: Tariff, query: FeeQuery, upper: int) -> Found:
    found = bands(tariff, query, upper)
    if isinstance(found, Missing) or len(found) > 1:
        return found
    return found if found and found[0].low.fee_fen != found[0].high.fee_fen else _one(tariff, query)


def _as_of(tariff: Tariff, query: FeeQuery, details: FeeDetails, today: date) -> Found:
    if details.first is None or details.last is None:
        return _one(tariff, query)
    found = quotes_over(tariff, query, date.fromisoformat(details.last))
    if isinstance(found, NoTariffRow):
        raise found
    if isinstance(found, Missing) or len(found) > 1:
        return _compared("days", found)
    return Quoted(found[0], today=_today(tariff, query, today))


def _today(tariff: Tariff, query: FeeQuery, today: date) -> Quote | None:
    try:
        found = quote(tariff, replace(query, on=today))
    except NoTariffRow:
        return None
    return found if isinstance(found, Quote) else None


def _one(tariff: Tariff, query: FeeQuery) -> Found:
    found = quote(tariff, query)
    return found if isinstance(found, Missing) else Quoted(found, changes(tariff, found))


def _compared(
    by: Literal["channels", "grades", "offers", "days"],
    found: tuple[Quote, ...] | Missing,
    weighed: bool = True,
) -> Found:
    return found if isinstance(found, Missing) else Compared(by, found, weighed)


def _query(details: FeeDetails, terms: ClientTerms | None, today: date) -> FeeQuery:
    on = today if details.first is None else date.fromisoformat(details.first)
    return FeeQuery(
        service=details.service,
        client_kind=details.client_kind or (str(terms.client.kind) if terms else None),
        channel=details.channel,
        amount_fen=details.amount,
        currency=details.currency if details.amount is not None else None,
        quantity=details.quantity,
        span=_span(details, on),
        grade=details.grade or (str(terms.client.grade) if terms else None),
        products=terms.products if terms else None,
        average_balance=terms.average_balance if terms else None,
        on=on,
    )


def _span(details: FeeDetails, first: date) -> Span | None:
    if details.days:
        return Span(first, first + timedelta(days=details.days - 1))
    return Span.of_months(first, details.months) if details.months else None
