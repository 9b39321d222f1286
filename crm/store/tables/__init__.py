"""Every table of the store, one module a topic. Importing this package knows them all."""

from crm.store.tables import (
    audit,
    clients,
    content,
    conversations,
    gaps,
    indicators,
    organisation,
    outbox,
    products,
)
from crm.store.tables.base import Base

__all__ = [
    "Base",
    "audit",
    "clients",
    "content",
    "conversations",
    "gaps",
    "indicators",
    "organisation",
    "outbox",
    "products",
]
