"""Exchange rates from ``rates.csv``; a bank that charges in its own currency needs no file."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

from knowledge.errors import Fault
from knowledge.language import Bilingual
from knowledge.reading.basis import known_currencies
from knowledge.reading.files import read_optional
from knowledge.reading.tables import Cells, read_table
from knowledge.reading.values import read_date, read_whole
from knowledge.tariff.exchange import HOME_CURRENCY, ExchangeRate

RATES = "rates.csv"
COLUMNS = ("currency", "rate", "unit", "on", "source_zh", "source_en")


def read_rates(root: Path, faults: list[Fault]) -> tuple[ExchangeRate, ...]:
    """Read the rates that are whole; every other is told by its faults."""
    text = read_optional(root, RATES, faults)
    if text is None:
        return ()
    rates: dict[tuple[str, object], ExchangeRate] = {}
    for cells in read_table(text, RATES, COLUMNS, faults):
        rate = _read_rate(cells, faults)
        if rate is None:
            continue
        if (rate.currency, rate.on) in rates:
            value = f"{rate.currency} {rate.on.isoformat()}"
            faults.append(cells.cell("on")[1].fault(value, "rate_repeated"))
        rates[rate.currency, rate.on] = rate
    return tuple(rates.values())


def _read_rate(cells: Cells, faults: list[Fault]) -> ExchangeRate | None:
    currency, place = cells.cell("currency")
    if currency not in known_currencies() or currency == HOME_CURRENCY:
        faults.append(place.fault(currency, "currency_unknown"))
        return None
    for column in ("source_zh", "source_en"):
        text, place = cells.cell(column)
        if not text:
            faults.append(place.fault("", "field_missing"))
    return ExchangeRate(
        currency=currency,
        rate=_positive(cells, faults),
        unit=read_whole(cells.cell("unit"), faults),
        on=read_date(cells.cell("on"), faults),
        source=Bilingual(cells.cell("source_zh")[0], cells.cell("source_en")[0]),
        line=cells.place.line,
    )


def _positive(cells: Cells, faults: list[Fault]) -> Decimal:
    text, place = cells.cell("rate")
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        faults.append(place.fault(text, "rate_bad" if text else "field_missing"))
        return Decimal(1)
    return rate
