"""The closed vocabularies of the client records, as they are stored and exchanged."""

from enum import StrEnum


class Role(StrEnum):
    """What an employee does."""

    MANAGER = "manager"
    LEADER = "leader"
    EXPERT = "expert"
    KNOWLEDGE_OWNER = "knowledge_owner"
    ADMINISTRATOR = "administrator"


class ClientKind(StrEnum):
    """Whether a client is a company or a person."""

    CORPORATE = "corporate"
    PERSONAL = "personal"


class Grade(StrEnum):
    """The service grade of a client."""

    STANDARD = "standard"
    GOLD = "gold"
    PLATINUM = "platinum"
    PRIVATE = "private"


class RiskGrade(StrEnum):
    """How much risk a client may bear, by the questionnaire."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"


class RiskLevel(StrEnum):
    """How much risk a product bears."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"
    R5 = "R5"


class ProductAudience(StrEnum):
    """Which kind of client a product is for."""

    CORPORATE = "corporate"
    PERSONAL = "personal"
    BOTH = "both"


class SalesChannel(StrEnum):
    """Where a product can be taken up."""

    COUNTER = "counter"
    ONLINE = "online"
    MOBILE = "mobile"
    MANAGER = "manager"


class IndustryPolicy(StrEnum):
    """How the state treats an industry."""

    ENCOURAGED = "encouraged"
    NEUTRAL = "neutral"
    RESTRICTED = "restricted"


class IndustryTrend(StrEnum):
    """Where an industry is going."""

    GROWING = "growing"
    STABLE = "stable"
    SHRINKING = "shrinking"


class Competition(StrEnum):
    """How hard an industry is fought over."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class CorporateEvent(StrEnum):
    """A change of a company's shape that is under way."""

    NONE = "none"
    SPLIT = "split"
    ACQUISITION = "acquisition"
    MERGER = "merger"
    LISTING_PLAN = "listing_plan"


class HouseholdAssets(StrEnum):
    """What the larger part of a household's assets is."""

    PROPERTY = "property"
    DEPOSITS = "deposits"
    SECURITIES = "securities"
    BUSINESS = "business"
    MIXED = "mixed"


class TurnStatus(StrEnum):
    """How far a turn of a conversation has come."""

    RECEIVED = "received"
    RUNNING = "running"
    ANSWERED = "answered"
    FAILED = "failed"


class MessageRole(StrEnum):
    """Who said a message."""

    USER = "user"
    ASSISTANT = "assistant"


class Outcome(StrEnum):
    """How an audited action ended."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    DONE = "done"


class GapKind(StrEnum):
    """How it showed that a question has no right answer."""

    NOT_FOUND = "not_found"
    THUMBS_DOWN = "thumbs_down"
    DISPUTED = "disputed"


class GapStatus(StrEnum):
    """What became of a gap in the knowledge."""

    OPEN = "open"
    ANSWERED = "answered"
    REJECTED = "rejected"
    JOINED = "joined"


class Verdict(StrEnum):
    """What a reader thought of an answer."""

    UP = "up"
    DOWN = "down"


class OutcomeKind(StrEnum):
    """What became of an offer."""

    OFFERED = "offered"
    INTERESTED = "interested"
    REFUSED = "refused"
    SOLD = "sold"
    WRONG_CLIENT = "wrong_client"


class RefusalReason(StrEnum):
    """Why a client refused."""

    TOO_RISKY = "too_risky"
    LOW_RETURN = "low_return"
    TOO_EXPENSIVE = "too_expensive"
    NO_MONEY = "no_money"
    NO_NEED = "no_need"
    OTHER_BANK = "other_bank"
    LATER = "later"
    LEAVE_ALONE = "leave_alone"
    OTHER = "other"
