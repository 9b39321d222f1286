"""A question as a use case receives it, and what the conversation remembers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal, Self

from assistant.names import Slot, Topic
from crm.employees import Employee

Language = Literal["zh", "en"]
ListKind = Literal["products", "clients", "holders", "roster", "book", "penetration"]
Detail = Literal[
    "client",
    "product",
    "service",
    "client_kind",
    "channel",
    "currency",
    "amount",
    "matter",
    "entry",
    "gap_text",
    "gap_decision",
]
FeeAim = Literal["channels", "grades", "free"]


@dataclass(frozen=True, slots=True)
class FeeDetails:
    """What is known of a fee question so far; amounts in minor units of `currency`.

    Attributes
    ----------
    upper
        The upper end, where a range of amounts is asked about.
    offers
        Several amounts to compare or add up: (amount, number, currency) each.
    weighed
        Whether one of the offers is to be chosen.
    grade
        The service grade that was named.
    months, days
        How long a service is used; zero where nothing was said.
    first, last
        The days as of which the fee is asked, as ISO dates; None is today.
    aim
        What is wanted besides one fee.
    compared
        The channels to compare; none where all are.
    """

    service: str | None = None
    client_kind: str | None = None
    channel: str | None = None
    amount: int | None = None
    currency: str = "CNY"
    quantity: int | None = None
    upper: int | None = None
    offers: Sequence[Sequence[Any]] = ()
    weighed: bool = False
    grade: str | None = None
    months: int = 0
    days: int = 0
    first: str | None = None
    last: str | None = None
    aim: FeeAim | None = None
    compared: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """What was asked back: the detail missing, and the topic it is missing for.

    Attributes
    ----------
    options
        Ids of the entries to choose from, in the order shown.
    """

    topic: Topic
    detail: Detail
    options: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The list last shown: of which client or product, how far it went, by which model."""

    subject: str
    count: int
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The list last shown, so that it can be exported and pointed into.

    Attributes
    ----------
    subject
        The client or product it is of; of one's own clients, which of them.
    rows
        The client and product of each line shown; without a product it is empty.
    first
        How many lines stand before them on earlier pages.
    """

    kind: ListKind
    subject: str = ""
    rows: Sequence[tuple[str, str]] = ()
    first: int = 0


@dataclass(frozen=True, slots=True)
class OutcomeDetails:
    """What is known of an outcome so far, while its client or product is asked for.

    Attributes
    ----------
    outcome_id
        Its number once it was recorded.
    """

    kind: str
    reason: str | None = None
    client_id: str | None = None
    product_id: str | None = None
    outcome_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """The question about changes last answered: its days as ISO dates, and what it was after."""

    first: str
    last: str
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What a conversation remembers between turns; lives in Rasa's slots."""

    client_id: str | None = None
    product_id: str | None = None
    entry_id: str | None = None
    topic: Topic | None = None
    fee: FeeDetails | None = None
    pending: Pending | None = None
    language: Language | None = None
    recommendation: Shown | None = None
    listed: Listed | None = None
    outcome: OutcomeDetails | None = None
    changes: ChangesAsked | None = None

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Self:
        """Read the memory from slot values; a value of another shape counts as forgotten."""
        topic, pending = slots.get(Slot.TOPIC), slots.get(Slot.PENDING)
        language = slots.get(Slot.LANGUAGE)
        return cls(
            client_id=slots.get(Slot.CLIENT),
            product_id=slots.get(Slot.PRODUCT),
            entry_id=slots.get(Slot.ENTRY),
            topic=Topic(topic) if topic in set(Topic) else None,
            fee=_shaped(FeeDetails, slots.get(Slot.FEE)),
            pending=_pending(pending),
            language=language if language in {"zh", "en"} else None,
            recommendation=_shaped(Shown, slots.get(Slot.RECOMMENDATION)),
            listed=_shaped(Listed, slots.get(Slot.LISTED)),
            outcome=_shaped(OutcomeDetails, slots.get(Slot.OUTCOME)),
            changes=_shaped(ChangesAsked, slots.get(Slot.CHANGES)),
        )

    def slots(self) -> dict[str, Any]:
        """Return slot values, JSON-able."""
        return {
            Slot.CLIENT: self.client_id,
            Slot.PRODUCT: self.product_id,
            Slot.ENTRY: self.entry_id,
            Slot.TOPIC: self.topic,
            Slot.FEE: None if self.fee is None else asdict(self.fee),
            Slot.PENDING: None if self.pending is None else asdict(self.pending),
            Slot.LANGUAGE: self.language,
            Slot.CHANGES: None if self.changes is None else asdict(self.changes),
            Slot.RECOMMENDATION: (
                None if self.recommendation is None else asdict(self.recommendation)
            ),
            Slot.LISTED: None if self.listed is None else asdict(self.listed),
            Slot.OUTCOME: None if self.outcome is None else asdict(self.outcome),
        }


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one verified employee.

    Attributes
    ----------
    choices
        What a pressed button chose, by entity name; empty for typed text.
    today
        The business date on which the answer is to hold.
    """

    employee: Employee
    conversation_id: str
    turn_id: str
    text: str
    language: Language
    intent: str
    choices: Mapping[str, str]
    memory: Memory
    today: date


def _shaped[T](kind: type[T], value: object) -> T | None:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # dataclasses only
    if not isinstance(value, dict) or not set(value) <= names:
        return None
    try:
        return kind(**value)
    except TypeError:
        return None


def _pending(value: object) -> Pending | None:
    found = _shaped(Pending, value)
    if found is None or found.topic not in set(Topic):
        return None
    return Pending(Topic(found.topic), found.detail, found.options)
