"""The price columns of a row: which of them each basis reads, and into what."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from babel.core import get_global

from knowledge.errors import Fault
from knowledge.reading.brackets import check_limits, read_brackets
from knowledge.reading.money import MoneyReader
from knowledge.reading.tables import Cells
from knowledge.reading.values import read_choice
from knowledge.tariff.bases import Basis, Brackets, Fixed, Free, PerItem, Rate

PRICE_COLUMNS = ("fee", "rate", "floor", "cap", "brackets")


def read_basis(cells: Cells, faults: list[Fault]) -> Basis | None:
    """Read how the fee is worked out; None where basis or currency is not known."""
    name = read_choice(cells.cell("basis"), _READERS, faults)
    currency, place = cells.cell("currency")
    if currency not in _currencies():
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
    return PerItem(money.minor(*cells.cell("fee")))


def _rate(cells: Cells, money: MoneyReader) -> Rate:
    floor = money.optional_minor(*cells.cell("floor"))
    cap = money.optional_minor(*cells.cell("cap"))
    check_limits(floor, cap, cells.cell("cap")[1], money)
    return Rate(money.percent(*cells.cell("rate")), floor, cap)


def _brackets(cells: Cells, money: MoneyReader) -> Brackets:
    return read_brackets(*cells.cell("brackets"), money)


_READERS: Mapping[str, tuple[tuple[str, ...], Callable[[Cells, MoneyReader], Basis]]] = {
    "free": ((), _free),
    "fixed": (("fee",), _fixed),
    "per_item": (("fee",), _per_item),
    "rate": (("rate", "floor", "cap"), _rate),
    "brackets": (("brackets",), _brackets),
}


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))
