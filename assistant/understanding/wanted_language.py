"""The language that a message asks for by name."""

from typing import Literal

from assistant.understanding.folding import fold
from assistant.understanding.words import load_words


def wanted_language(text: str) -> Literal["zh", "en"] | None:
    """Return the language named, or None when none or both are."""
    folded, names = fold(text), load_words("wanted_language")
    chinese = any(name in folded for name in names["zh"])
    english = any(name in folded for name in names["en"])
    if chinese == english:
        return None
    return "zh" if chinese else "en"
