"""What would change a quoted fee: another channel, amount, grade, balance, product or day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from knowledge.errors import NoTariffRow
from knowledge.tariff.query import candidates
from knowledge.tariff.quote import Quote, price, waivers_for
from knowledge.tariff.rates import Brackets, Rate
from knowledge.tariff.rows import Tariff, TariffRow
from knowledge.tariff.waivers import Condition, Waiver


class ChangeKind(StrEnum):
    """What would have to be different."""

    CHANNEL = "channel"
    UP_TO = "up_to"
    ABOVE = "above"
    CAPPED = "capped"
    WAIVER = "waiver"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference and the fee it would bring.

    Attributes
    ----------
    quote : Quote
        The fee then.
    limit : int or None
        For ``up_to`` the highest amount that still pays it, for ``above`` and ``capped`` the
        highest that does not yet, in minor units of the quote's currency.
    waiver, unmet : Waiver or None, tuple of Condition
        For ``waiver``: which one, and what the client lacks or is not known to have; of its
        grades only those to whom no other waiver brings less.
    on : date or None
        For ``later``: the first day of that fee.
    """

    kind: ChangeKind
    quote: Quote
    limit: int | None = None
    waiver: Waiver | None = None
    unmet: tuple[Condition, ...] = ()
    on: date | None = None


def changes(tariff: Tariff, quoted: Quote) -> tuple[Change, ...]:
    """Return what would change the fee, what saves most of each kind."""
    found = (
        *_channel(tariff, quoted),
        *_amounts(tariff, quoted),
        *_waivers(tariff, quoted),
        *_later(tariff, quoted),
    )
    return tuple(change for change in found if change.quote.fee_fen != quoted.fee_fen)


def _channel(tariff: Tariff, quoted: Quote) -> Iterator[Change]:
    """Yield the cheapest of the other channels, where it is cheaper."""
    quotes = list(other_channels(tariff, quoted))
    cheapest = min(quotes, key=lambda other: other.fee_fen, default=None)
    if cheapest is not None and cheapest.fee_fen < quoted.fee_fen:
        yield Change(kind=ChangeKind.CHANNEL, quote=cheapest)


def other_channels(tariff: Tariff, quoted: Quote) -> Iterator[Quote]:
    """Yield the same fee in the other channels, in the same currency."""
    kind = quoted.query.client_kind or str(quoted.row.client_kind)
    asked = replace(quoted.query, channel=None)
    for row in candidates(tariff, asked):
        same = row.channel == quoted.row.channel or row.currency != quoted.currency
        if same or not row.serves_kind(kind):
            continue
        if asked.amount_fen is not None or not row.basis.needs_amount:
            yield price(tariff, row, replace(asked, channel=str(row.channel)))


def _amounts(tariff: Tariff, quoted: Quote) -> Iterator[Change]:
    """Yield the brackets beside the amount's own, and from where on its rate is capped."""
    amount, basis = quoted.query.amount_fen, quoted.row.basis
    if amount is None or _converted(quoted):
        return
    price_here: object = basis
    if isinstance(basis, Brackets):
        yield from _brackets(tariff, quoted, amount, [bracket.up_to for bracket in basis.brackets])
        price_here = basis.price_of(amount)
    if isinstance(price_here, Rate) and (limit := price_here.capped_above()) is not None:
        then = _at(tariff, quoted, limit + 1)
        if limit >= amount and price_here.cap:
            yield Change(kind=ChangeKind.CAPPED, quote=then, limit=limit)


def _brackets(
    tariff: Tariff, quoted: Quote, amount: int, tops: list[int | None]
) -> Iterator[Change]:
    below = max((top for top in tops if top is not None and top < amount), default=None)
    above = min((top for top in tops if top is not None and top >= amount), default=None)
    if below is not None:
        less = _at(tariff, quoted, below)
        if less.fee_fen < quoted.fee_fen:
            yield Change(kind=ChangeKind.UP_TO, quote=less, limit=below)
    if above is not None:
        yield Change(kind=ChangeKind.ABOVE, quote=_at(tariff, quoted, above + 1), limit=above)


def _waivers(tariff: Tariff, quoted: Quote) -> Iterator[Change]:
    """Yield, for each set of conditions the client is not known to meet, what saves most."""
    query = quoted.query
    best: dict[object, Change] = {}
    for waiver in waivers_for(tariff, quoted.row, query):
        unmet = waiver.unmet(query.grade, query.products, query.average_balance)
        if not unmet:
            continue
        then = price(tariff, quoted.row, query, granted=(waiver, *quoted.waivers))
        change = Change(kind=ChangeKind.WAIVER, quote=then, waiver=waiver, unmet=unmet)
        conditions = (unmet, waiver.grades, waiver.products)
        known = best.get(conditions)
        if known is None or then.fee_fen < known.quote.fee_fen:
            best[conditions] = change
    cheaper = [change for change in best.values() if change.quote.fee_fen < quoted.fee_fen]
    yield from _for_their_grades(cheaper)


def _for_their_grades(found: Sequence[Change]) -> Iterator[Change]:
    """Yield changes that lack a grade alone for those grades that nothing else brings less."""
    by_grade = [change for change in found if change.unmet == (Condition.GRADE,)]
    for change in found:
        if change not in by_grade or change.waiver is None:
            yield change
            continue
        less = {
            grade
            for other in by_grade
            if other.waiver is not None and other.quote.fee_fen < change.quote.fee_fen
            for grade in other.waiver.grades
        }
        left = change.waiver.grades - less
        if left:
            yield replace(change, waiver=replace(change.waiver, grades=left))


def _later(tariff: Tariff, quoted: Quote) -> Iterator[Change]:
    """Yield the next day on which a price or a waiver begins or ends and the fee changes."""
    for day in sorted(set(_turns(tariff, quoted))):
        try:
            rows = candidates(tariff, replace(quoted.query, on=day))
        except NoTariffRow:
            continue
        row = next((row for row in rows if _continues(row, quoted.row)), None)
        if row is None:
            continue
        then = price(tariff, row, replace(quoted.query, on=day))
        if then.fee_fen != quoted.fee_fen:
            yield Change(kind=ChangeKind.LATER, quote=then, on=day)
            return


def _turns(tariff: Tariff, quoted: Quote) -> Iterator[date]:
    service, on = quoted.row.service, quoted.query.on
    dated: Iterable[TariffRow | Waiver] = (*tariff.rows_of(service), *tariff.waivers_of(service))
    for item in dated:
        if item.effective_from > on:
            yield item.effective_from
        if item.effective_to is not None and item.effective_to >= on:
            yield item.effective_to + timedelta(days=1)


def _continues(row: TariffRow, before: TariffRow) -> bool:
    return (
        row.currency == before.currency
        and (row.serves_channel(before.channel) or before.serves_channel(row.channel))
        and (row.serves_kind(before.client_kind) or before.serves_kind(row.client_kind))
    )


def _at(tariff: Tariff, quoted: Quote, amount: int) -> Quote:
    return price(tariff, quoted.row, replace(quoted.query, amount_fen=amount))


def _converted(quoted: Quote) -> bool:
    return quoted.query.currency not in (None, quoted.row.currency)
