"""What a client holds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from crm.store.tables import clients, products


@dataclass(frozen=True, slots=True)
class HeldProduct:
    """A product a client holds, since when."""

    product_id: str
    name_zh: str
    name_en: str
    category: str
    opened_on: date


def open_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a holding is open on a day; it no longer is on `closed_on`."""
    holding = clients.Holding
    return (holding.opened_on <= day) & or_(holding.closed_on.is_(None), holding.closed_on > day)


def open_holdings(session: Session, client_id: str, on: date) -> list[HeldProduct]:
    """Return what a client holds on a day, oldest first."""
    holding, product = clients.Holding, products.Product
    rows = session.execute(
        select(
            product.product_id,
            product.name_zh,
            product.name_en,
            product.category,
            holding.opened_on,
        )
        .join(product, product.product_id == holding.product_id)
        .where(holding.client_id == client_id, open_on(on))
        .order_by(holding.opened_on, product.product_id)
    )
    return [HeldProduct(*row) for row in rows]
