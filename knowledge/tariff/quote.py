"""From a question about a fee to a quote, or to what still has to be asked."""

from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from knowledge.errors import AmountNotPositive
from knowledge.language import Bilingual
from knowledge.tariff.bases import Occasion
from knowledge.tariff.missing import Missing, missing
from knowledge.tariff.query import FeeQuery, candidates
from knowledge.tariff.rows import Channel, Tariff, TariffRow
from knowledge.tariff.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A fee with where it comes from.

    Attributes
    ----------
    fee_fen : int
        For all pieces together, in minor units of ``currency``.
    steps : tuple of Step
        The arithmetic; see `knowledge.tariff.steps`.
    query : FeeQuery
        The question answered, with the details it needed.
    """

    row: TariffRow
    fee_fen: int
    currency: str
    steps: tuple[Step, ...]
    query: FeeQuery

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
    """
    _refuse_nonpositive(query)
    if query.service is None:
        return _missing_service(tariff, query.on)
    rows = candidates(tariff, query)
    lacking = missing(rows, query)
    return lacking if lacking.details else _quoted(rows[0], query)


def quotes_by_channel(tariff: Tariff, query: FeeQuery) -> tuple[Quote, ...] | Missing:
    """Work out the same fee in every channel that has a row, in the order of `Channel`.

    The channel of the query is not looked at.

    Raises
    ------
    AmountNotPositive, NoTariffRow
        As for `quote`.
    """
    asked = replace(query, channel=None)
    _refuse_nonpositive(asked)
    if asked.service is None:
        return _missing_service(tariff, asked.on)
    rows = candidates(tariff, asked)
    lacking = missing(rows, asked)
    details = [detail for detail in lacking.details if detail not in ("channel", "amount")]
    if asked.amount_fen is None and any(row.basis.needs_amount for row in rows):
        details.append("amount")
    if details:
        return Missing(tuple(details), lacking.choices)
    by_channel = {row.channel: row for row in rows}
    return tuple(
        _quoted(by_channel[channel], replace(asked, channel=channel))
        for channel in Channel
        if channel in by_channel
    )


def _refuse_nonpositive(query: FeeQuery) -> None:
    for detail, value in (("amount", query.amount_fen), ("quantity", query.quantity)):
        if value is not None and value <= 0:
            raise AmountNotPositive(detail, value)


def _missing_service(tariff: Tariff, on: date) -> Missing:
    priced = {row.service for row in tariff.rows if row.valid(on)}
    choices = tuple(known.service for known in tariff.services if known.service in priced)
    return Missing(("service",), MappingProxyType({"service": choices}))


def _quoted(row: TariffRow, query: FeeQuery) -> Quote:
    charge = row.basis.charge(Occasion(query.amount_fen, query.quantity or 1, row.rounding))
    return Quote(
        row=row,
        fee_fen=charge.fee,
        currency=row.currency,
        steps=charge.steps,
        query=query,
    )
