"""What the caller knows about a client and about a product at the moment of asking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ClientCase:
    """One client as of today.

    Attributes
    ----------
    client_id
        The bank's own identifier.
    attributes
        Attribute name to value, the same names as in training; None or NaN means missing.
    held
        Products held today.
    kind
        The client type, such as ``personal`` or ``corporate``.
    risk_grade
        The grade of the risk questionnaire, ``C1`` to ``C5``; None if never answered.
    risk_expires_on
        The last day on which the questionnaire is valid; None if it carries no expiry.
    branch_id, region
        Where the client is looked after; None if not known.
    licences
        Codes of the licences and permissions the client holds.
    balance
        Deposits in fen, CNY; None if not known.
    do_not_contact
        Whether the client must not be approached at all.
    quiet
        Products not to be mentioned for a while, by product_id.
    withheld
        Products withheld at random, to measure what suggesting them is worth.
    """

    client_id: str
    attributes: Mapping[str, object]
    held: tuple[str, ...]
    kind: str
    risk_grade: str | None = None
    risk_expires_on: date | None = None
    branch_id: str | None = None
    region: str | None = None
    licences: tuple[str, ...] = ()
    balance: int | None = None
    do_not_contact: bool = False
    quiet: Mapping[str, "Quiet"] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quiet:
    """A quiet period: until and including which day, and the reason code it follows from."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """What the gate must know of a product.

    Attributes
    ----------
    product_id
        The bank's own identifier.
    client_kind
        The only client type it is open to; None if open to all.
    risk_level
        ``R1`` to ``R5``; None for a product that needs no risk questionnaire.
    requires
        Products a client must already hold, all of them.
    licence
        Code of the licence a client must hold; None if none is needed.
    balance_floor
        Least deposits in fen, CNY; None if there is no floor.
    branches, regions
        Where it is sold; empty if everywhere.
    sold_from, sold_until
        First and last day of the sales window; None if open on that side.
    quota, taken
        How many may be sold in the campaign, and how many have been; None if there is no quota.
    """

    product_id: str
    client_kind: str | None = None
    risk_level: str | None = None
    requires: tuple[str, ...] = ()
    licence: str | None = None
    balance_floor: int | None = None
    branches: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sold_from: date | None = None
    sold_until: date | None = None
    quota: int | None = None
    taken: int = 0
