"""Waivers and discounts from ``waivers.csv``; a bank without any needs no file."""

from decimal import Decimal
from pathlib import Path

from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.basis import known_currencies
from knowledge.reading.files import read_optional
from knowledge.reading.money import MoneyReader
from knowledge.reading.tables import Cells, read_table
from knowledge.reading.values import read_choice, read_default, read_list, read_period, read_whole
from knowledge.tariff.exchange import HOME_CURRENCY
from knowledge.tariff.rows import Channel, ClientKind
from knowledge.tariff.waivers import ClientGrade, Waiver

WAIVERS = "waivers.csv"
COLUMNS = (
    *("waiver_id", "services", "client_kind", "channel", "currency"),
    *("grades", "products", "least_balance", "percent_off", "amount_off", "combines", "order"),
    *("name_zh", "name_en", "source_zh", "source_en", "effective_from", "effective_to"),
)
_REQUIRED = ("waiver_id", "services", "name_zh", "name_en", "source_zh", "source_en")


def read_waivers(root: Path, faults: list[Fault]) -> tuple[Waiver, ...]:
    """Read the waivers that are whole; every other is told by its faults."""
    text = read_optional(root, WAIVERS, faults)
    if text is None:
        return ()
    waivers: dict[str, Waiver] = {}
    for cells in read_table(text, WAIVERS, COLUMNS, faults):
        waiver = _read_waiver(cells, faults)
        if waiver is None:
            continue
        if waiver.waiver_id in waivers:
            faults.append(cells.cell("waiver_id")[1].fault(waiver.waiver_id, "id_repeated"))
        waivers[waiver.waiver_id] = waiver
    return tuple(waivers.values())


def _read_waiver(cells: Cells, faults: list[Fault]) -> Waiver | None:
    cells.require(_REQUIRED, faults)
    kind = read_choice(cells.cell("client_kind"), ClientKind, faults)
    channel = read_choice(cells.cell("channel"), Channel, faults)
    combines = read_choice(cells.cell("combines"), ("yes", "no"), faults)
    first, last = read_period(cells.cell("effective_from"), cells.cell("effective_to"), faults)
    currency, place = cells.cell("currency")
    if currency and currency not in known_currencies():
        faults.append(place.fault(currency, "currency_unknown"))
        return None
    if kind is None or channel is None:
        return None
    balance = MoneyReader(HOME_CURRENCY, faults).optional_minor(*cells.cell("least_balance"))
    percent, less = _taken_off(cells, currency, faults)
    order = cells.cell("order")
    return Waiver(
        waiver_id=cells.cell("waiver_id")[0],
        services=frozenset(read_list(cells.cell("services"))),
        client_kind=str(kind),
        channel=str(channel),
        currency=currency,
        grades=_grades(cells, faults),
        products=frozenset(read_list(cells.cell("products"))),
        least_balance=balance,
        percent=percent,
        less=less,
        combines=combines == "yes",
        order=read_whole(order, faults) if order[0] else 1,
        name=Bilingual(cells.cell("name_zh")[0], cells.cell("name_en")[0]),
        source=Bilingual(cells.cell("source_zh")[0], cells.cell("source_en")[0]),
        effective_from=first,
        effective_to=last,
        line=cells.place.line,
    )


def _grades(cells: Cells, faults: list[Fault]) -> frozenset[ClientGrade]:
    cell = cells.cell("grades")
    named = [read_default((grade, cell[1]), ClientGrade, "", faults) for grade in read_list(cell)]
    return frozenset(ClientGrade(grade) for grade in named if grade)


def _taken_off(
    cells: Cells, currency: str, faults: list[Fault]
) -> tuple[Decimal | None, int | None]:
    """Read what is taken off: a percentage, or an amount of a currency, and not both."""
    percent, place = cells.cell("percent_off")
    less, less_place = cells.cell("amount_off")
    if bool(percent) == bool(less):
        faults.append(place.fault(f"{percent} / {less}", "percent_or_amount"))
    if less and not currency:
        faults.append(less_place.fault(less, "amount_without_currency"))
    money = MoneyReader(currency or HOME_CURRENCY, faults)
    share = money.percent(percent, place) if percent else None
    return share, money.optional_minor(less, less_place)
