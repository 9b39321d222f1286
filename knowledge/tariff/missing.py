"""Which details still matter: only those by which the rows left open differ in price."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.tariff.query import FeeQuery, channels_of, currencies_of, kinds_of
from knowledge.tariff.rows import TariffRow

type Rows = tuple[TariffRow, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What must be asked before a fee can be said.

    Attributes
    ----------
    details : tuple of str
        Of ``service``, ``client_kind``, ``channel``, ``currency``, ``amount``: in asking order.
    choices : mapping
        For each detail that is a choice, the values that lead to a row, in the order to offer.
    """

    details: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def missing(rows: Rows, query: FeeQuery) -> Missing:
    """Return what must be asked so that the rows left open come down to one price.

    A detail is asked at once when it matters whatever the answers before it are; one that may
    turn out not to matter waits for those answers.
    """
    details: list[str] = []
    choices: dict[str, tuple[str, ...]] = {}
    groups: tuple[Rows, ...] = (rows,)
    for detail, known, divide in (
        ("client_kind", query.client_kind, _by_kind),
        ("channel", query.channel, _by_channel),
        ("currency", query.currency, _by_currency),
    ):
        divided = [{} if known is not None else _division(group, divide) for group in groups]
        if all(divided):
            details.append(detail)
            choices[detail] = tuple(dict.fromkeys(value for parts in divided for value in parts))
        groups = tuple(
            part
            for group, parts in zip(groups, divided, strict=True)
            for part in (parts.values() or (group,))
        )
    if query.amount_fen is None and _all_need_amount(groups):
        details.append("amount")
    return Missing(tuple(details), MappingProxyType(choices))


def _division(group: Rows, divide: Callable[[Rows], dict[str, Rows]]) -> dict[str, Rows]:
    """Return a group's parts by a detail; empty where the detail makes no difference."""
    same_price = len({(row.basis, row.rounding, row.currency) for row in group}) == 1
    parts = {} if same_price else divide(group)
    return parts if len(parts) > 1 else {}


def _by_kind(group: Rows) -> dict[str, Rows]:
    if len({row.client_kind for row in group}) == 1:
        return {}
    return {kind: tuple(row for row in group if row.serves_kind(kind)) for kind in kinds_of(group)}


def _by_channel(group: Rows) -> dict[str, Rows]:
    return {
        channel: tuple(row for row in group if row.channel == channel)
        for channel in channels_of(group)
    }


def _by_currency(group: Rows) -> dict[str, Rows]:
    return {
        currency: tuple(row for row in group if row.currency == currency)
        for currency in currencies_of(group)
    }


def _all_need_amount(groups: Iterable[Rows]) -> bool:
    return all(row.basis.needs_amount for group in groups for row in group)
