"""Names of the products that waivers ask for."""

from assistant.services.question import Language
from crm.products import list_products
from crm.store.session import Session


def product_name(session: Session, language: Language, product_id: str) -> str:
    """Return a product's name; its id where the catalogue does not have it."""
    for product in list_products(session):
        if product.product_id == product_id:
            return product.name_zh if language == "zh" else product.name_en
    return product_id
