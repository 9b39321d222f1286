"""Every table of the store, one module a topic. Importing this package knows them all."""

from crm.store.tables import (
    attachments,
    audit,
    clients,
    conversations,
    indicators,
    organisation,
    outbox,
    products,
)
from crm.store.tables.base import Base

__all__ = [
    "Base",
    "attachments",
    "audit",
    "clients",
    "conversations",
    "indicators",
    "organisation",
    "outbox",
    "products",
]
