"""A row of the tariff: what one service costs for whom, where, in which currency and when."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.language import Bilingual
from knowledge.tariff.bases import Basis
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.services import Service


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
    """Every row and every service, as validated."""

    rows: tuple[TariffRow, ...]
    services: tuple[Service, ...]

    def rows_of(self, service: str) -> tuple[TariffRow, ...]:
        """Return all rows of a service, of every date."""
        return tuple(row for row in self.rows if row.service == service)

    def service(self, service: str) -> Service:
        """Return a service by its code.

        Raises
        ------
        KeyError
            The code is not one of the tariff's.
        """
        for known in self.services:
            if known.service == service:
                return known
        raise KeyError(service)
