"""Any number of invented entries, the same for the same seed, and questions about them."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import yaml

from knowledge.search.index import Document

PARTS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))


def invented_documents(count: int, seed: int) -> list[Document]:
    """Return entries that differ by who, what, how, and a product name of their own.

    Each has two questions and a text of some eighty words, a few of them its own.
    """
    rng = np.random.default_rng(seed)
    kinds = list(product(PARTS["who"], PARTS["how"], PARTS["what"], PARTS["does"]))
    chosen = rng.permutation(len(kinds))
    return [_document(kinds[chosen[row % len(kinds)]], row, rng) for row in range(count)]


def invented_questions(documents: Sequence[Document], count: int, seed: int) -> list[str]:
    """Return known questions with a part left out and another way of asking."""
    rng = np.random.default_rng(seed)
    asked = []
    for row in rng.integers(len(documents), size=count):
        question = documents[row].questions[int(rng.integers(2))]
        start = int(rng.integers(len(question) // 2))
        asked.append(f"{question[:start]}{question[start + 1 :]}{rng.choice(PARTS['asking'])}")
    return asked


def _document(kind: tuple[str, str, str, str], row: int, rng: np.random.Generator) -> Document:
    who, how, what, does = kind
    name = "".join(chr(0x4E00 + int(place)) for place in rng.integers(3000, size=3))
    questions = (
        f"{who}{how}{does}{what}{name}{rng.choice(PARTS['asking'])}",
        f"{what}{name}{how}{does} {who}{rng.choice(PARTS['asking'])}",
    )
    told = "".join(rng.choice(PARTS["said"], size=80))
    return Document(questions, "\n".join((*questions, told, f"{name}{row}")))
