"""What the caller knows about a client and about a product at the moment of asking."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    """

    client_id: str
    attributes: Mapping[str, object]
    held: tuple[str, ...]
    kind: str
    risk_grade: str | None = None
    risk_expires_on: date | None = None


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
    """

    product_id: str
    client_kind: str | None = None
    risk_level: str | None = None
    requires: tuple[str, ...] = ()
