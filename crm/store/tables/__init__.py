"""Every table of the store, one module a topic. Importing this package knows them all."""

from crm.store.tables import (
    advice,
    attachments,
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
    "advice",
    "attachments",
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
