"""Faults between tariff rows, waivers and exchange rates."""

from collections.abc import Collection, Iterator
from itertools import combinations

from knowledge.errors import Fault
from knowledge.reading.place import Place
from knowledge.reading.tariff_file import TARIFF
from knowledge.reading.waiver_file import WAIVERS
from knowledge.tariff.bases import Occasion
from knowledge.tariff.exchange import HOME_CURRENCY
from knowledge.tariff.rows import Tariff, TariffRow
from knowledge.tariff.waivers import Waiver


def price_faults(tariff: Tariff, products: Collection[str] | None = None) -> Iterator[Fault]:
    """Yield what does not hold together in prices, waivers and rates.

    Parameters
    ----------
    products : collection of str or None
        Ids of the bank's catalogue; None where it is not at hand, so that ids are not looked at.
    """
    yield from (fault for row in tariff.rows for fault in _row_faults(row, tariff))
    services = {service.service for service in tariff.services}
    for waiver in tariff.waivers:
        yield from _waiver_faults(waiver, tariff, services)
        unknown = waiver.products.difference(products) if products is not None else ()
        for product in sorted(unknown):
            yield Place(WAIVERS, waiver.line, "products").fault(product, "product_unknown")
    for first, second in combinations(tariff.waivers, 2):
        if _contradict(first, second):
            value = f"{first.waiver_id} ({WAIVERS}:{first.line})"
            yield Place(WAIVERS, second.line, "effective_from").fault(value, "waivers_overlap")


def _row_faults(row: TariffRow, tariff: Tariff) -> Iterator[Fault]:
    place = Place(TARIFF, row.line)
    posted = {rate.currency for rate in tariff.rates}
    if row.currency not in ({HOME_CURRENCY} | posted) and posted:
        yield place.at(row.line, "currency").fault(row.currency, "rate_missing")
    if row.converts and row.currency != HOME_CURRENCY:
        yield place.at(row.line, "converts").fault(row.currency, "converts_abroad")
    if row.monotone and (above := _falls_above(row)) is not None:
        yield place.at(row.line, "monotone").fault(str(above), "not_monotone")


def _falls_above(row: TariffRow) -> int | None:
    """Return the amount in minor units above which the fee is lower; None where there is none.

    Between two turning points every basis rises or stays, so only those need be looked at.
    """
    if not row.basis.needs_amount:
        return None

    def fee(amount: int) -> int:
        return row.basis.charge(Occasion(amount, 1, row.rounding)).fee

    points = row.basis.turning_points()
    return next((point for point in points if fee(point + 1) < fee(point)), None)


def _waiver_faults(waiver: Waiver, tariff: Tariff, services: set[str]) -> Iterator[Fault]:
    place = Place(WAIVERS, waiver.line)
    for service in sorted(waiver.services):
        if service not in services:
            yield place.at(waiver.line, "services").fault(service, "service_unknown")
        elif not any(_could_meet(waiver, row) for row in tariff.rows_of(service)):
            yield place.at(waiver.line, "services").fault(service, "waiver_nothing")


def _could_meet(waiver: Waiver, row: TariffRow) -> bool:
    begins = max(waiver.effective_from, row.effective_from)
    return (
        waiver.valid(begins)
        and row.valid(begins)
        and _one_for_both(waiver.client_kind, row.client_kind, "both")
        and _one_for_both(waiver.channel, row.channel, "any")
        and _one_for_both(waiver.currency, row.currency, "")
    )


def _contradict(first: Waiver, second: Waiver) -> bool:
    """Whether two waivers that do not combine have the same conditions on some day."""
    begins = max(first.effective_from, second.effective_from)
    return (
        not (first.combines and second.combines)
        and _conditions(first) == _conditions(second)
        and not first.services.isdisjoint(second.services)
        and _one_for_both(first.client_kind, second.client_kind, "both")
        and _one_for_both(first.channel, second.channel, "any")
        and _one_for_both(first.currency, second.currency, "")
        and first.valid(begins)
        and second.valid(begins)
    )


def _conditions(waiver: Waiver) -> tuple[object, ...]:
    return waiver.grades, waiver.products, waiver.least_balance


def _one_for_both(first: str, second: str, every: str) -> bool:
    return first == second or every in (first, second)
