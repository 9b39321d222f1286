"""A row of the tariff: what one service costs for whom, where, in which currency and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from knowledge.language import Bilingual
from knowledge.tariff.bases import Basis
from knowledge.tariff.exchange import ExchangeRate, RateTable
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.services import Service
from knowledge.tariff.waivers import Stacking, Waiver


class ClientKind(StrEnum):
    """For whom a row holds."""

    CORPORATE = "corporate"
    PERSONAL = "personal"
    BOTH = "both"


class Channel(StrEnum):
    """Where the service is asked for; the order is the order in which choices are offered."""

    COUNTER = "counter"
    ONLINE = "online"
    MOBILE = "mobile"
    ATM = "atm"
    PHONE = "phone"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A row of ``tariff.csv``.

    Attributes
    ----------
    currency : str
        ISO 4217; both the amount asked about and the fee are in it.
    basis : Basis
        How the fee is worked out; all its money in minor units of ``currency``.
    effective_from, effective_to : date, date or None
        First and last day on which it holds; None is open.
    guided : bool
        Whether the price is government-guided rather than the bank's own.
    stacking : Stacking
        What happens to several waivers of this fee.
    converts : bool
        Whether amounts in other currencies are charged on their value in ``currency``, which is
        then the home currency.
    monotone : bool
        Whether the row promises that a higher amount never costs less; the check proves it.
    line : int
        Its line in the file, counted from 1.
    """

    row_id: str
    service: str
    client_kind: ClientKind
    channel: Channel
    currency: str
    basis: Basis
    rounding: Rounding
    source: Bilingual
    effective_from: date
    effective_to: date | None
    note: Bilingual
    guided: bool
    stacking: Stacking = Stacking.BEST
    converts: bool = False
    monotone: bool = False
    line: int = field(default=0, compare=False)

    def valid(self, on: date) -> bool:
        """Whether the row holds on a day; both its first and its last day count."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def serves_kind(self, kind: str) -> bool:
        """Whether the row holds for a kind of client."""
        return self.client_kind in (kind, ClientKind.BOTH)

    def serves_channel(self, channel: str) -> bool:
        """Whether the row holds in a channel."""
        return self.channel in (channel, Channel.ANY)


@dataclass(frozen=True, slots=True)
class Tariff:
    """Every row and every service, as validated; looked up by service without a search."""

    rows: tuple[TariffRow, ...]
    services: tuple[Service, ...]
    waivers: tuple[Waiver, ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    exchange: RateTable = field(init=False, repr=False, compare=False)
    _rows: Mapping[str, tuple[TariffRow, ...]] = field(init=False, repr=False, compare=False)
    _waivers: Mapping[str, tuple[Waiver, ...]] = field(init=False, repr=False, compare=False)
    _services: Mapping[str, Service] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        waivers = ((code, waiver) for waiver in self.waivers for code in waiver.services)
        object.__setattr__(self, "exchange", RateTable(self.rates))
        object.__setattr__(self, "_rows", _grouped((row.service, row) for row in self.rows))
        object.__setattr__(self, "_waivers", _grouped(waivers))
        object.__setattr__(self, "_services", {known.service: known for known in self.services})

    def rows_of(self, service: str) -> tuple[TariffRow, ...]:
        """Return all rows of a service, of every date."""
        return self._rows.get(service, ())

    def waivers_of(self, service: str) -> tuple[Waiver, ...]:
        """Return all waivers of a service, of every date."""
        return self._waivers.get(service, ())

    def service(self, service: str) -> Service:
        """Return a service by its code.

        Raises
        ------
        KeyError
            The code is not one of the tariff's.
        """
        return self._services[service]


def _grouped[T](pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return MappingProxyType({key: tuple(values) for key, values in groups.items()})
