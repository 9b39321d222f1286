"""What does it cost: from a question, and what was known before, to a quote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.names import Topic
from assistant.services.question import Detail, FeeDetails, Question
from assistant.services.resources import Resources
from assistant.understanding.amounts import find_amounts, find_quantities
from assistant.understanding.details import bare_details, find_channels, find_client_kind
from knowledge.tariff.missing import Missing
from knowledge.tariff.query import FeeQuery
from knowledge.tariff.quote import Quote, quote, quotes_by_channel
from knowledge.tariff.rows import Tariff

_CLOSE_SECOND = 0.97


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """A quote, or several to compare, or what is still missing; with the details so far."""

    details: FeeDetails
    result: Quote | tuple[Quote, ...] | Missing

    @property
    def asked(self) -> Detail:
        """The first detail that is missing; only where one is."""
        assert isinstance(self.result, Missing)  # noqa: S101  # the callers looked
        return self.result.details[0]  # type: ignore[return-value]  # details of the tariff


def quote_fee(resources: Resources, question: Question) -> FeeAnswer:
    """Work out the fee a question asks for.

    What the question does not say is taken from the fee question before it, unless it names
    another service; several channels in one question are compared.

    Raises
    ------
    knowledge.errors.AmountNotPositive
        The amount or number is zero or less.
    knowledge.errors.NoTariffRow
        Nothing is priced so; the error names the alternatives.
    """
    tariff = resources.content.library.tariff
    named = _services(resources, question)
    details = _details(question, named[0] if len(named) == 1 else None)
    if len(named) > 1:
        return FeeAnswer(details, Missing(("service",), {"service": tuple(named)}))
    channels = find_channels(question.text)
    if len(channels) > 1 and not question.choices:
        return FeeAnswer(details, _compared(tariff, details, question, channels))
    return FeeAnswer(details, quote(tariff, _query(details, question)))


def fee_details(resources: Resources, question: Question) -> FeeDetails:
    """Return what is known of a fee question after this message."""
    named = _services(resources, question)
    return _details(question, named[0] if len(named) == 1 else None)


def _compared(
    tariff: Tariff, details: FeeDetails, question: Question, channels: Sequence[str]
) -> tuple[Quote, ...] | Missing:
    found = quotes_by_channel(tariff, _query(replace(details, channel=None), question))
    if isinstance(found, Missing):
        return found
    return tuple(q for q in found if q.query.channel in (*channels, "any"))


def _services(resources: Resources, question: Question) -> list[str]:
    """Return the services named or chosen; several when they fit alike."""
    if chosen := question.choices.get("service"):
        return [chosen]
    pending = question.memory.pending
    asked = pending is not None and pending.detail == "service"
    if question.memory.fee is not None and not asked and bare_details(question.text):
        return []  # "and by mobile banking?" changes the channel of the fee before
    matches = resources.content.library.match_service(question.text, question.language)
    if not matches:
        return []
    best = matches[0].score
    return [match.service for match in matches if match.score >= best * _CLOSE_SECOND][:6]


def _details(question: Question, service: str | None) -> FeeDetails:
    before = question.memory.fee or FeeDetails()
    follows = question.memory.topic == Topic.FEE
    if not follows or (service is not None and before.service not in (None, service)):
        before = FeeDetails()
    amounts = find_amounts(question.text)
    quantities = find_quantities(question.text)
    channels = find_channels(question.text)
    return FeeDetails(
        service=service or before.service,
        client_kind=(
            question.choices.get("client_kind")
            or find_client_kind(question.text)
            or before.client_kind
        ),
        channel=(
            question.choices.get("channel")
            or (channels[0] if len(channels) == 1 else None)
            or before.channel
        ),
        amount=amounts[0].minor if amounts else before.amount,
        currency=amounts[0].currency if amounts else before.currency,
        quantity=quantities[0].count if quantities else before.quantity,
    )


def _query(details: FeeDetails, question: Question) -> FeeQuery:
    return FeeQuery(
        service=details.service,
        client_kind=details.client_kind,
        channel=details.channel,
        amount_fen=details.amount,
        currency=details.currency if details.amount is not None else None,
        quantity=details.quantity,
        on=question.today,
    )
