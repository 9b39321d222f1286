"""The price columns of a row: which of them each basis reads, and into what."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from babel.core import get_global

from knowledge.errors import Fault
from knowledge.reading.brackets import check_limits, read_brackets, read_parts
from knowledge.reading.money import MoneyReader
from knowledge.reading.tables import Cells
from knowledge.reading.values import read_choice, read_default, read_whole
from knowledge.tariff.bases import Basis, Fixed, Free, PerItem
from knowledge.tariff.periods import Period, PerPeriod, Proration
from knowledge.tariff.rates import Brackets, Marginal, Rate

LIMITS = ("floor", "cap")
PRICE_COLUMNS = ("fee", "rate", *LIMITS, "brackets", "free_items", "period", "proration")


def read_basis(cells: Cells, faults: list[Fault]) -> Basis | None:
    """Read how the fee is worked out; None where basis or currency is not known."""
    name = read_choice(cells.cell("basis"), _READERS, faults)
    currency, place = cells.cell("currency")
    if currency not in known_currencies():
        faults.append(place.fault(currency, "currency_unknown"))
        return None
    if name is None:
        return None
    columns, read = _READERS[name]
    for column in PRICE_COLUMNS:
        value, place = cells.cell(column)
        if value and column not in columns:
            faults.append(place.fault(value, "not_for_basis"))
    return read(cells, MoneyReader(currency, faults))


def _free(_cells: Cells, _money: MoneyReader) -> Free:
    return Free()


def _fixed(cells: Cells, money: MoneyReader) -> Fixed:
    return Fixed(money.minor(*cells.cell("fee")))


def _per_item(cells: Cells, money: MoneyReader) -> PerItem:
    free = cells.cell("free_items")
    pieces = read_whole(free, money.faults) if free[0] else 0
    return PerItem(money.minor(*cells.cell("fee")), pieces)


def _rate(cells: Cells, money: MoneyReader) -> Rate:
    return Rate(money.percent(*cells.cell("rate")), *_limits(cells, money))


def _brackets(cells: Cells, money: MoneyReader) -> Brackets:
    return read_brackets(*cells.cell("brackets"), money)


def _marginal(cells: Cells, money: MoneyReader) -> Marginal:
    return Marginal(read_parts(*cells.cell("brackets"), money), *_limits(cells, money))


def _per_period(cells: Cells, money: MoneyReader) -> PerPeriod | None:
    period = read_choice(cells.cell("period"), Period, money.faults)
    proration = read_default(cells.cell("proration"), Proration, Proration.NONE, money.faults)
    by_rate, fee = cells.cell("rate"), cells.cell("fee")
    if by_rate[0] and fee[0]:
        money.faults.append(fee[1].fault(fee[0], "fee_and_rate"))
    price = _rate(cells, money) if by_rate[0] else PerItem(money.minor(*fee))
    return None if period is None else PerPeriod(price, period, proration)


def _limits(cells: Cells, money: MoneyReader) -> tuple[int | None, int | None]:
    floor = money.optional_minor(*cells.cell("floor"))
    cap = money.optional_minor(*cells.cell("cap"))
    check_limits(floor, cap, cells.cell("cap")[1], money)
    return floor, cap


_READERS: Mapping[str, tuple[tuple[str, ...], Callable[[Cells, MoneyReader], Basis | None]]] = {
    "free": ((), _free),
    "fixed": (("fee",), _fixed),
    "per_item": (("fee", "free_items"), _per_item),
    "rate": (("rate", *LIMITS), _rate),
    "brackets": (("brackets",), _brackets),
    "marginal": (("brackets", *LIMITS), _marginal),
    "per_period": (("fee", "rate", *LIMITS, "period", "proration"), _per_period),
}


@lru_cache(maxsize=1)
def known_currencies() -> frozenset[str]:
    """Return the codes of ISO 4217."""
    return frozenset(get_global("all_currencies"))
