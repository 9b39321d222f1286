"""What it takes to pay nothing: a channel, a small enough amount, a grade, product or balance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.tariff.bases import Basis, Free, Occasion, PerItem
from knowledge.tariff.missing import Missing, missing
from knowledge.tariff.query import FeeQuery, candidates
from knowledge.tariff.quote import Quote, missing_service, price, refuse_nonpositive, waivers_for
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.rows import Tariff, TariffRow
from knowledge.tariff.waivers import Condition, Waiver


class WayKind(StrEnum):
    """How a fee can be avoided."""

    CHANNEL = "channel"
    UP_TO = "up_to"
    PIECES = "pieces"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to pay nothing.

    Attributes
    ----------
    channel : str
        Where it holds.
    limit : int or None
        For ``up_to`` the highest amount in minor units of ``row``'s currency, for ``pieces`` the
        number.
    waiver, unmet : Waiver or None, tuple of Condition
        For ``waiver``: which one, and what of its conditions the client is not known to meet.
    """

    kind: WayKind
    row: TariffRow
    channel: str
    limit: int | None = None
    waiver: Waiver | None = None
    unmet: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Freedom:
    """Every way to pay nothing, and the lowest fee there is without any.

    Attributes
    ----------
    cheapest : Quote or None
        None where the question has no amount and every row needs one.
    """

    ways: tuple[Way, ...]
    cheapest: Quote | None


def freedom(tariff: Tariff, query: FeeQuery) -> Freedom | Missing:
    """Return how to pay nothing; asks for the kind of client alone, where it matters.

    Raises
    ------
    AmountNotPositive, NoTariffRow, RateMissing
        As for `knowledge.tariff.quote.quote`.
    """
    refuse_nonpositive(query)
    if query.service is None:
        return missing_service(tariff, query.on)
    rows = candidates(tariff, query)
    lacking = missing(rows, query)
    if "client_kind" in lacking.details:
        return Missing(("client_kind",), lacking.choices)
    ways = tuple(way for row in rows for way in _ways(tariff, row, query))
    priced = (
        price(tariff, row, replace(query, channel=query.channel or str(row.channel)))
        for row in rows
        if query.amount_fen is not None or not row.basis.needs_amount
    )
    return Freedom(ways, min(priced, key=lambda found: found.fee_fen, default=None))


def free_up_to(basis: Basis) -> int | None:
    """Return the highest amount of one transaction that costs nothing; None where none does."""
    highest = None
    for point in basis.turning_points():
        if basis.charge(Occasion(point, 1, Rounding.UP)).fee:
            break
        highest = point
    return highest


def _ways(tariff: Tariff, row: TariffRow, query: FeeQuery) -> Iterator[Way]:
    channel = str(query.channel or row.channel)
    if isinstance(row.basis, Free):
        yield Way(kind=WayKind.CHANNEL, row=row, channel=channel)
        return
    if row.basis.needs_amount and (limit := free_up_to(row.basis)):
        yield Way(kind=WayKind.UP_TO, row=row, channel=channel, limit=limit)
    if isinstance(row.basis, PerItem) and row.basis.free:
        yield Way(kind=WayKind.PIECES, row=row, channel=channel, limit=row.basis.free)
    for waiver in waivers_for(tariff, row, replace(query, channel=channel)):
        if waiver.percent == 100:
            unmet = waiver.unmet(query.grade, query.products, query.average_balance)
            yield Way(kind=WayKind.WAIVER, row=row, channel=channel, waiver=waiver, unmet=unmet)
