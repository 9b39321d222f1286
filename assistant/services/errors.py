"""Why a use case cannot answer yet, or at all; each becomes a reply at the edge.

ServiceError
├── Unclear                    something more is needed from the person
│   ├── ClientNeeded           which client?
│   ├── ClientUnclear          several of one's own clients fit
│   ├── ProductNeeded          which product?
│   └── ProductUnclear         several products fit
├── ClientNotFound             nobody of one's own clients fits
├── NoClientsOfOwn             this role looks after no clients
├── NotKnowledgeOwner          the queue of open questions is for its owners only
├── GapGone                    that open question was closed meanwhile, or never was one
├── QuestionGone               the question to pass on is no longer kept
├── RecommenderUnavailable     no trained model is in use
└── NothingToExplain           no recommendation was shown that could be explained
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.names import Topic
from crm.clients.rights import ClientName


class ServiceError(Exception):
    """Base of what use cases raise.

    Attributes
    ----------
    refused
        What was refused, for the audit log; None where nothing was.
    topic
        What the question was about that could not be answered; None where nobody said.
    """

    refused: str | None = None
    topic: Topic | None = None


class Unclear(ServiceError):
    """Something more is needed from the person."""


class ClientNeeded(Unclear):
    """No client was named and none is in focus."""


class ClientUnclear(Unclear):
    """Several of the asker's own clients fit what was said."""

    def __init__(self, candidates: Sequence[ClientName]) -> None:
        super().__init__(len(candidates))
        self.candidates = candidates


class ProductNeeded(Unclear):
    """No product was named."""


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """A product that may be meant."""

    product_id: str
    name_zh: str
    name_en: str


class ProductUnclear(Unclear):
    """Several products fit what was said."""

    def __init__(self, candidates: Sequence[ProductChoice]) -> None:
        super().__init__(len(candidates))
        self.candidates = candidates


class ClientNotFound(ServiceError):
    """None of the asker's own clients fits.

    The reply is the same whether or not somebody else has such a client; only the audit log
    knows the difference.

    Attributes
    ----------
    named
        What the person called the client.
    elsewhere
        The client's number when it is somebody else's, otherwise None.
    """

    def __init__(self, named: str, elsewhere: str | None = None) -> None:
        super().__init__("client not found")
        self.named = named
        self.elsewhere = elsewhere
        self.refused = f"client:{elsewhere or 'unknown'}"


class NoClientsOfOwn(ServiceError):
    """The asker's role looks after no clients."""


class RecommenderUnavailable(ServiceError):
    """No trained model is in use."""


class NothingToExplain(ServiceError):
    """There is no recommendation that could be explained."""


class NotKnowledgeOwner(ServiceError):
    """What was asked for is for knowledge owners only."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.refused = f"gaps:{what}"


class GapGone(ServiceError):
    """The open question was closed meanwhile, or never was one."""


class QuestionGone(ServiceError):
    """The question to pass on is no longer kept, or was asked in another conversation."""
