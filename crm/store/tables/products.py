"""The catalogue of products."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.store.types import Fen
from crm.terms import ProductAudience, RiskLevel


class Product(Base):
    """A product of the bank; `risk_level` is empty when it bears no investment risk.

    A client must hold `licence` and deposits of `balance_floor`; `branches` and `regions` are where
    it is sold, everywhere when empty, between `sold_from` and `sold_until`, at most `quota` times.
    """

    __tablename__ = "products"

    product_id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    aliases: Mapped[list[str]]
    category: Mapped[str]
    risk_level: Mapped[RiskLevel | None]
    client_kind: Mapped[ProductAudience]
    channels: Mapped[list[str]]
    requires: Mapped[list[str]]
    licence: Mapped[str | None]
    balance_floor: Mapped[Fen | None]
    branches: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    regions: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    sold_from: Mapped[date | None]
    sold_until: Mapped[date | None]
    quota: Mapped[int | None]
