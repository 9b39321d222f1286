"""The catalogue of products."""

from sqlalchemy.orm import Mapped, mapped_column

from crm.store.tables.base import Base
from crm.terms import ProductAudience, RiskLevel


class Product(Base):
    """A product of the bank; `risk_level` is empty when it bears no investment risk."""

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
