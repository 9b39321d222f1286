"""From a question about a fee to a quote, or to what still has to be asked."""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from knowledge.errors import AmountNotPositive
from knowledge.language import Bilingual
from knowledge.tariff.bases import Charge, Occasion
from knowledge.tariff.exchange import HOME_CURRENCY, ExchangeRate
from knowledge.tariff.missing import Missing, missing
from knowledge.tariff.query import FeeQuery, candidates
from knowledge.tariff.rows import Channel, Tariff, TariffRow
from knowledge.tariff.steps import Step, StepKind, StepValue, step
from knowledge.tariff.waivers import Waiver, waive


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A fee with where it comes from.

    Attributes
    ----------
    fee_fen : int
        For all pieces together after waivers, in minor units of ``currency``.
    list_fee_fen : int
        The same before waivers.
    steps : tuple of Step
        The arithmetic; see `knowledge.tariff.steps`.
    query : FeeQuery
        The question answered, with the details it needed.
    waivers : tuple of Waiver
        Those taken off, in this order.
    exchange : ExchangeRate or None
        The rate that the amount was converted at, or that gives ``home_fen``.
    home_fen : int or None
        The fee in the home currency, where it is in another and a rate was posted.
    """

    row: TariffRow
    fee_fen: int
    list_fee_fen: int
    currency: str
    steps: tuple[Step, ...]
    query: FeeQuery
    waivers: tuple[Waiver, ...] = ()
    exchange: ExchangeRate | None = None
    home_fen: int | None = None

    @property
    def source(self) -> Bilingual:
        """The document the price stands in."""
        return self.row.source

    @property
    def note(self) -> Bilingual:
        """The row's remark; may be empty."""
        return self.row.note

    @property
    def effective_from(self) -> date:
        """First day of the price."""
        return self.row.effective_from

    @property
    def effective_to(self) -> date | None:
        """Last day of the price; None is open."""
        return self.row.effective_to

    @property
    def guided(self) -> bool:
        """Whether the price is government-guided."""
        return self.row.guided


def quote(tariff: Tariff, query: FeeQuery) -> Quote | Missing:
    """Work out the fee, or say what is missing.

    Raises
    ------
    AmountNotPositive
        The amount or the quantity is zero or less.
    NoTariffRow
        No row is valid for the question; says which alternatives exist.
    RateMissing
        The amount is to be converted and no rate was posted until the day.
    """
    refuse_nonpositive(query)
    if query.service is None:
        return missing_service(tariff, query.on)
    rows = candidates(tariff, query)
    lacking = missing(rows, query)
    return lacking if lacking.details else price(tariff, rows[0], query)


def quotes_by_channel(tariff: Tariff, query: FeeQuery) -> tuple[Quote, ...] | Missing:
    """Work out the same fee in every channel that has a row, in the order of `Channel`.

    The channel of the query is not looked at.

    Raises
    ------
    AmountNotPositive, NoTariffRow, RateMissing
        As for `quote`.
    """
    asked = replace(query, channel=None)
    refuse_nonpositive(asked)
    if asked.service is None:
        return missing_service(tariff, asked.on)
    rows = candidates(tariff, asked)
    lacking = missing(rows, asked)
    details = [detail for detail in lacking.details if detail not in ("channel", "amount")]
    if asked.amount_fen is None and any(row.basis.needs_amount for row in rows):
        details.append("amount")
    if details:
        return Missing(tuple(details), lacking.choices)
    by_channel = {row.channel: row for row in rows}
    return tuple(
        price(tariff, by_channel[channel], replace(asked, channel=channel))
        for channel in Channel
        if channel in by_channel
    )


def refuse_nonpositive(query: FeeQuery) -> None:
    """Refuse an amount or a quantity of zero or less.

    Raises
    ------
    AmountNotPositive
        It is one.
    """
    for detail, value in (("amount", query.amount_fen), ("quantity", query.quantity)):
        if value is not None and value <= 0:
            raise AmountNotPositive(detail, value)


def missing_service(tariff: Tariff, on: date) -> Missing:
    """Return the question for the service, with those that have a price on a day."""
    priced = {row.service for row in tariff.rows if row.valid(on)}
    choices = tuple(known.service for known in tariff.services if known.service in priced)
    return Missing(("service",), MappingProxyType({"service": choices}))


def waivers_for(tariff: Tariff, row: TariffRow, query: FeeQuery) -> tuple[Waiver, ...]:
    """Return the waivers in force for a row's clients and channel, their conditions aside."""
    kind = str(query.client_kind or row.client_kind)
    channel = str(query.channel or row.channel)
    return tuple(
        waiver
        for waiver in tariff.waivers_of(row.service)
        if waiver.valid(query.on) and waiver.serves(kind, channel, row.currency)
    )


def price(
    tariff: Tariff, row: TariffRow, query: FeeQuery, granted: tuple[Waiver, ...] = ()
) -> Quote:
    """Work out the fee by one row.

    Parameters
    ----------
    granted : tuple of Waiver
        Waivers whose conditions are taken as met, beside those that are.

    Raises
    ------
    RateMissing
        The amount is to be converted and no rate was posted until the day.
    """
    amount, exchange, before = _in_currency(tariff, row, query)
    occasion = Occasion(amount, query.quantity or 1, row.rounding, query.span)
    charge = row.basis.charge(occasion)
    charge = Charge(charge.fee, (*before, *charge.steps))
    known = (query.grade, query.products, query.average_balance)
    met = [
        waiver
        for waiver in waivers_for(tariff, row, query)
        if waiver in granted or not waiver.unmet(*known)
    ]
    waived = waive(charge, met, row.stacking, row.rounding)
    if row.currency != HOME_CURRENCY:
        exchange = tariff.exchange.find(row.currency, query.on)
    foreign = row.currency != HOME_CURRENCY and exchange is not None
    return Quote(
        row=row,
        fee_fen=waived.charge.fee,
        list_fee_fen=charge.fee,
        currency=row.currency,
        steps=waived.charge.steps,
        query=query,
        waivers=waived.waivers,
        exchange=exchange,
        home_fen=exchange.home(waived.charge.fee) if exchange and foreign else None,
    )


def _in_currency(
    tariff: Tariff, row: TariffRow, query: FeeQuery
) -> tuple[int | None, ExchangeRate | None, tuple[Step, ...]]:
    """Return the amount in the currency of a row, with the rate and the step of converting it."""
    amount = query.amount_fen
    if amount is None or query.currency in (None, row.currency) or not row.basis.needs_amount:
        return amount, None, ()
    rate = tariff.exchange.at(query.currency or "", query.on)
    value = rate.home(amount)
    said: dict[str, StepValue] = {"foreign": rate.currency, "rate": rate.rate, "unit": rate.unit}
    converted = step(StepKind.CONVERT, amount=amount, on=rate.on, fee=value, **said)
    return value, rate, (converted,)
