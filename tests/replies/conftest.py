"""The shipped words, and a small invented bank as the recommender sees it."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import assistant.replies
from assistant.replies.blocks import (
    Block,
    Choices,
    Copyable,
    Details,
    Figure,
    File,
    Heading,
    Items,
    Link,
    Note,
    Picture,
    Source,
    Table,
    Text,
)
from assistant.replies.templates import Words
from assistant.services.features import client_attributes
from crm.imports.run import import_directory
from crm.products import Product, list_products
from crm.store import migrate
from crm.store.engine import Store, create_store
from data.sample.bank import build_bank
from data.sample.settings import SampleSettings
from data.sample.writer import write_bank

SMALL = SampleSettings(seed=23, clients=1000, months=12)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def words_folder() -> Path:
    return Path(assistant.replies.__file__).parent


@pytest.fixture(scope="session")
def words(words_folder: Path) -> Words:
    return Words.load(words_folder)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_bank(build_bank(SMALL), folder)
    return folder


@pytest.fixture(scope="session")
def sample_store(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'bank.db'}"
    migrate.upgrade(url)
    store = create_store(url)
    import_directory(store, sample_folder, NOW)
    return store


@pytest.fixture(scope="session")
def attributes(sample_store: Store) -> pd.DataFrame:
    with sample_store.read() as session:
        return client_attributes(session, SMALL.as_of)


@pytest.fixture(scope="session")
def products(sample_store: Store) -> Mapping[str, Product]:
    with sample_store.read() as session:
        return {product.product_id: product for product in list_products(session)}


@pytest.fixture(scope="session")
def expertise(sample_folder: Path) -> Sequence[str]:
    with (sample_folder / "employees.csv").open(encoding="utf-8", newline="") as file:
        fields = (row["expertise"].split(";") for row in csv.DictReader(file) if row["expertise"])
        return sorted({field for row in fields for field in row})


@pytest.fixture(scope="session")
def texts_of() -> Callable[[Sequence[Block]], Iterator[str]]:
    """Return every text that a reader of these blocks sees."""
    return _texts


@pytest.fixture(scope="session")
def chinese() -> re.Pattern[str]:
    """Return a pattern of Chinese characters and Chinese punctuation."""
    return re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield block.caption
                yield from (column.label for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
            case Details():
                yield block.summary
                yield from _texts(block.blocks)
            case _:
                yield from _words(block)


def _words(block: Block) -> Sequence[str]:
    match block:
        case Text() | Heading() | Note() | Source() | Link() | Copyable():
            return [block.text]
        case Figure():
            return [block.label, block.value, block.note]
        case Items():
            return block.items
        case Picture():
            return [block.alt, block.name]
        case File():
            return [block.name]
        case Choices():
            return [button.title for button in block.buttons]
    raise TypeError(block)
