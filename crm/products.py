"""The catalogue of products, as the rest of the assistant sees it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.store.tables import products
from crm.terms import ProductAudience, RiskLevel, SalesChannel


@dataclass(frozen=True, slots=True)
class Product:
    """A product; `risk_level` is None when it bears no investment risk.

    `requires` names the products a client must hold first; for the others see
    `crm.store.tables.products`.
    """

    product_id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    category: str
    risk_level: RiskLevel | None
    client_kind: ProductAudience
    channels: tuple[SalesChannel, ...]
    requires: tuple[str, ...]
    licence: str | None = None
    balance_floor: int | None = None
    branches: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sold_from: date | None = None
    sold_until: date | None = None
    quota: int | None = None


def list_products(session: Session) -> list[Product]:
    """Return the whole catalogue, by id."""
    rows = session.scalars(select(products.Product).order_by(products.Product.product_id))
    return [
        Product(
            product_id=row.product_id,
            name_zh=row.name_zh,
            name_en=row.name_en,
            aliases=tuple(row.aliases),
            category=row.category,
            risk_level=row.risk_level,
            client_kind=row.client_kind,
            channels=tuple(SalesChannel(channel) for channel in row.channels),
            requires=tuple(row.requires),
            licence=row.licence,
            balance_floor=row.balance_floor,
            branches=tuple(row.branches),
            regions=tuple(row.regions),
            sold_from=row.sold_from,
            sold_until=row.sold_until,
            quota=row.quota,
        )
        for row in rows
    ]
