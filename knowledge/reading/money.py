"""Money and percentages of the tariff, exact: from the text of a cell to minor units."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision

from knowledge.errors import Fault
from knowledge.reading.place import Place


@dataclass(frozen=True, slots=True)
class MoneyReader:
    """Reads the money of one row.

    Attributes
    ----------
    currency : str
        ISO 4217; its number of decimals is the one of CLDR.
    faults : list of Fault
        Where what cannot be read is told.
    """

    currency: str
    faults: list[Fault]

    def minor(self, text: str, place: Place) -> int:
        """Return minor units; 0 with a fault where the text is no amount."""
        value = _decimal(text)
        scaled = None if value is None else value.scaleb(get_currency_precision(self.currency))
        if scaled is None or scaled < 0 or scaled != scaled.to_integral_value():
            self.faults.append(place.fault(text, "money_bad" if text else "field_missing"))
            return 0
        return int(scaled)

    def optional_minor(self, text: str, place: Place) -> int | None:
        """Return minor units; None where nothing stands there."""
        return self.minor(text, place) if text else None

    def percent(self, text: str, place: Place) -> Decimal:
        """Return a percentage of 0 to 100; 0 with a fault where the text is none."""
        value = _decimal(text)
        if value is None or not 0 <= value <= 100:
            self.faults.append(place.fault(text, "percent_bad" if text else "field_missing"))
            return Decimal(0)
        return value


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
