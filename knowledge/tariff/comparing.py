"""Several quotes side by side: of grades, of ways to divide an amount, over a range, over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.errors import NoTariffRow
from knowledge.tariff.missing import Missing
from knowledge.tariff.query import FeeQuery
from knowledge.tariff.quote import Quote, price, quote
from knowledge.tariff.rows import Tariff, TariffRow
from knowledge.tariff.waivers import ClientGrade, Waiver


@dataclass(frozen=True, slots=True)
class Offer:
    """So many transactions of one amount, in minor units; the currency None is the query's."""

    amount: int
    quantity: int = 1
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts that follow one rule, with the fees of the lowest and the highest of them."""

    low: Quote
    high: Quote


def quotes_by_grade(tariff: Tariff, query: FeeQuery) -> tuple[Quote, ...] | Missing:
    """Work out the fee for every service grade, the lowest grade first.

    Raises
    ------
    AmountNotPositive, NoTariffRow, RateMissing
        As for `quote`.
    """
    first = quote(tariff, replace(query, grade=None))
    if isinstance(first, Missing):
        return first
    return tuple(
        price(tariff, first.row, replace(query, grade=str(grade))) for grade in ClientGrade
    )


def quotes_of_offers(
    tariff: Tariff, query: FeeQuery, offers: Sequence[Offer]
) -> tuple[Quote, ...] | Missing:
    """Work out the fee of each of several amounts and numbers.

    Raises
    ------
    AmountNotPositive, NoTariffRow, RateMissing
        As for `quote`.
    """
    quotes = []
    for offer in offers:
        currency = offer.currency or query.currency
        asked = replace(query, amount_fen=offer.amount, quantity=offer.quantity, currency=currency)
        answer = quote(tariff, asked)
        if isinstance(answer, Missing):
            return answer
        quotes.append(answer)
    return tuple(quotes)


def bands(tariff: Tariff, query: FeeQuery, upper: int) -> tuple[Band, ...] | Missing:
    """Divide the amounts from that of the query to ``upper`` where the rule of the fee changes.

    Raises
    ------
    AmountNotPositive, NoTariffRow, RateMissing
        As for `quote`.
    """
    first = quote(tariff, query)
    if isinstance(first, Missing):
        return first
    assert query.amount_fen is not None  # noqa: S101  # a range has a lower end
    low = query.amount_fen
    found = []
    for point in (*first.row.basis.turning_points(), upper):
        if low <= point <= upper:
            ends = (replace(query, amount_fen=amount) for amount in (low, point))
            found.append(Band(*(price(tariff, first.row, asked) for asked in ends)))
            low = point + 1
    return tuple(found)


def quotes_over(
    tariff: Tariff, query: FeeQuery, last: date
) -> tuple[Quote, ...] | Missing | NoTariffRow:
    """Work out the fee on the day of the query and on every later day that has another price.

    Days without a price are left out; where none has one, what there is is returned.

    Parameters
    ----------
    last : date
        The last day looked at.
    """
    quotes: list[Quote] = []
    refused: NoTariffRow | None = None
    for day in sorted({query.on, *_turns(tariff, query, last)}):
        try:
            answer = quote(tariff, replace(query, on=day))
        except NoTariffRow as none:
            refused = refused or none
            continue
        if isinstance(answer, Missing):
            return answer
        if not quotes or _priced(answer) != _priced(quotes[-1]):
            quotes.append(answer)
    return tuple(quotes) if quotes or refused is None else refused


def _turns(tariff: Tariff, query: FeeQuery, last: date) -> Iterator[date]:
    service = query.service or ""
    dated: Sequence[TariffRow | Waiver] = (
        *tariff.rows_of(service),
        *tariff.waivers_of(service),
    )
    for item in dated:
        ends = None if item.effective_to is None else item.effective_to + timedelta(days=1)
        for day in (item.effective_from, ends):
            if day is not None and query.on < day <= last:
                yield day


def _priced(answer: Quote) -> tuple[str, int]:
    return answer.row.row_id, answer.fee_fen
