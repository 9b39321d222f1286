"""What is known of a question about a fee, and which rows it leaves open."""

from dataclasses import dataclass
from datetime import date

from knowledge.errors import NoTariffRow
from knowledge.tariff.exchange import HOME_CURRENCY
from knowledge.tariff.rows import Channel, ClientKind, Tariff, TariffRow
from knowledge.tariff.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeQuery:
    """What is known of a question about a fee; None is what has not been said.

    Attributes
    ----------
    service : str or None
        A code of ``services.yml``.
    client_kind : {"corporate", "personal"} or None
    channel : {"counter", "online", "mobile", "atm", "phone"} or None
    amount_fen : int or None
        Of one transaction, in minor units of ``currency``.
    currency : str or None
        ISO 4217; None is CNY where the service is priced in it.
    quantity : int or None
        Number of transactions or pieces; None is 1.
    span : Span or None
        How long a service paid by time is used; None is one period.
    grade : str or None
        The client's service grade; see `ClientGrade`.
    products : frozenset of str or None
        What the client holds; None where it is not known.
    average_balance : int or None
        The client's monthly average balance of deposits, in fen, CNY.
    on : date
        The day for which the fee is asked.
    """

    service: str | None
    client_kind: str | None = None
    channel: str | None = None
    amount_fen: int | None = None
    currency: str | None = None
    quantity: int | None = None
    span: Span | None = None
    grade: str | None = None
    products: frozenset[str] | None = None
    average_balance: int | None = None
    on: date


def candidates(tariff: Tariff, query: FeeQuery) -> tuple[TariffRow, ...]:
    """Return the rows that nothing said rules out; unsaid, the home currency goes before others.

    Raises
    ------
    NoTariffRow
        There is none; says what there is when one detail is changed.
    """
    rows = tuple(row for row in tariff.rows_of(query.service or "") if _fits(row, query))
    if query.currency is not None:
        priced = [row for row in rows if row.currency == query.currency]
        rows = tuple(row for row in rows if row in priced or not _covered(row, priced))
    if not rows:
        raise _no_row(tariff, query)
    at_home = tuple(row for row in rows if row.currency == HOME_CURRENCY)
    return at_home if query.currency is None and at_home else rows


def kinds_of(rows: tuple[TariffRow, ...]) -> tuple[str, ...]:
    """Return the kinds of client that rows serve, in the order to offer."""
    served = (ClientKind.CORPORATE, ClientKind.PERSONAL)
    return tuple(kind for kind in served if any(row.serves_kind(kind) for row in rows))


def channels_of(rows: tuple[TariffRow, ...]) -> tuple[str, ...]:
    """Return the channels that rows name, in the order to offer."""
    return tuple(channel for channel in Channel if any(row.channel is channel for row in rows))


def currencies_of(rows: tuple[TariffRow, ...]) -> tuple[str, ...]:
    """Return the currencies of rows in alphabetical order."""
    return tuple(sorted({row.currency for row in rows}))


def _fits(row: TariffRow, query: FeeQuery, ignored: str = "") -> bool:
    """Whether a row answers the question, one detail of it not looked at where so asked."""
    fits = {
        "on": row.valid(query.on),
        "client_kind": query.client_kind is None or row.serves_kind(query.client_kind),
        "channel": query.channel is None or row.serves_channel(query.channel),
        "currency": query.currency in (None, row.currency) or _takes_any(row),
    }
    return all(fit for detail, fit in fits.items() if detail != ignored)


def _takes_any(row: TariffRow) -> bool:
    """Whether a row holds whatever the currency of the amount."""
    return row.converts or (row.currency == HOME_CURRENCY and not row.basis.needs_amount)


def _covered(row: TariffRow, priced: list[TariffRow]) -> bool:
    """Whether a row for any currency has another for the same clients and channel beside it."""
    return any(
        other.serves_kind(row.client_kind) and other.serves_channel(row.channel) for other in priced
    )


def _no_row(tariff: Tariff, query: FeeQuery) -> NoTariffRow:
    def without(detail: str) -> tuple[TariffRow, ...]:
        rows = tariff.rows_of(query.service or "")
        return tuple(row for row in rows if _fits(row, query, ignored=detail))

    return NoTariffRow(
        query.service or "",
        channels=channels_of(without("channel")),
        client_kinds=kinds_of(without("client_kind")),
        currencies=currencies_of(without("currency")),
        valid_from=min((row.effective_from for row in without("on")), default=None),
    )
