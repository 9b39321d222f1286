"""What the recommender answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReasonKind(StrEnum):
    """Which part of the context a contribution comes from."""

    ATTRIBUTE = "attribute"
    HOLDING = "holding"
    BASE = "base"


class Mark(StrEnum):
    """What a reader must know before trusting a suggestion."""

    CLIENT_WITHOUT_HOLDINGS = "client_without_holdings"
    PRODUCT_WITHOUT_HOLDERS = "product_without_holders"


@dataclass(frozen=True, slots=True)
class Reason:
    """One additive share of a score.

    Attributes
    ----------
    kind
        Attribute, holding, or the product's own base.
    feature
        The attribute's name, the held product's identifier, or the suggested product's for the
        base.
    value
        The level as the model sees it (a category, or a range such as ``1000..5000``); the empty
        string for holdings and the base.
    contribution
        In units of the score; all contributions of a suggestion sum to its score.
    above, below
        Of an attribute cut into ranges: share of clients of the same type at or above, and at or
        below, this one's range; None for all else.
    """

    kind: ReasonKind
    feature: str
    value: str
    contribution: float
    above: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product for one client, best first.

    Attributes
    ----------
    score
        The model's score; comparable between products of one client, not between clients.
    rank
        1 for the best.
    reasons
        Every contribution, largest absolute value first, the base last.
    peer_share, peer_count
        Share of the ``peer_count`` most similar clients of the same kind who hold the product.
    """

    product_id: str
    score: float
    rank: int
    reasons: tuple[Reason, ...]
    peer_share: float
    peer_count: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A product that may not be offered, with the rule (a `recommender.gate.Rule` code).

    Attributes
    ----------
    detail
        The values that the rule compared.
    also
        What else would have to be lifted; empty when nothing can lift the first rule.
    """

    product_id: str
    rule: str
    detail: Mapping[str, str]
    also: "tuple[HeldBack, ...]" = ()


@dataclass(frozen=True, slots=True)
class UnknownAttribute:
    """A value the model has never seen; it adds nothing to any score."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The answer to "what would suit this client"."""

    client_id: str
    suggestions: tuple[Suggestion, ...]
    held_back: tuple[HeldBack, ...]
    unknown_attributes: tuple[UnknownAttribute, ...]
    model_version: str
    trained_at: datetime


@dataclass(frozen=True, slots=True)
class ClientSuggestion:
    """One client for a product, best first.

    Attributes
    ----------
    chance
        Between 0 and 1 and comparable between clients; see `recommender.ranking`.
    """

    client_id: str
    chance: float
    rank: int
    reasons: tuple[Reason, ...]
    peer_share: float
    peer_count: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientRanking:
    """The answer to "which of my clients would this product suit".

    Attributes
    ----------
    held_back
        Rule code to the clients it held back; its length is the count.
    """

    product_id: str
    entries: tuple[ClientSuggestion, ...]
    held_back: Mapping[str, tuple[str, ...]]
    model_version: str
    trained_at: datetime
