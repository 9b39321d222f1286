"""What the commands work with, opened and closed, its failures told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer
from rich.console import Console

from assistant.replies.templates import Language, Words
from assistant.settings import Settings
from crm.errors import StoreError
from crm.products import Product, list_products
from crm.store.engine import Store, create_store
from recommender.errors import RecommenderError
from recommender.registry import Registry

_FAILED = 1


@dataclass(frozen=True, slots=True)
class Office:
    """What the commands work with."""

    settings: Settings
    store: Store
    registry: Registry
    words: Words
    language: Language
    console: Console
    products: dict[str, Product]

    def say(self, key: str, **values: object) -> str:
        """Return one sentence of the words about models."""
        return self.words.say(self.language, f"models.{key}", **values)

    def label(self, key: str, code: str) -> str:
        """Return the word for a code."""
        return self.words.label(self.language, f"models.{key}", code)


@contextmanager
def open_office(language: str, locale: str) -> Iterator[Office]:
    """Open the installation; tell in one sentence why something cannot be done."""
    settings = Settings()
    told: Language = "en" if (language or locale).startswith("en") else "zh"
    store = create_store(settings.store_url)
    error = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    try:
        yield Office(
            settings,
            store,
            Registry(settings.recommender_dir),
            Words.load(settings.replies_dir),
            told,
            Console(soft_wrap=True, markup=False, highlight=False),
            _products(store),
        )
    except (RecommenderError, StoreError) as unable:
        error.print(str(unable))
        raise typer.Exit(_FAILED) from unable
    finally:
        store.close()


def _products(store: Store) -> dict[str, Product]:
    with store.read() as session:
        return {product.product_id: product for product in list_products(session)}
