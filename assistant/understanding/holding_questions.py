"""Questions for who holds a product and who does not, told from those for whom to offer it."""

import re
from functools import cache
from typing import Literal

from assistant.understanding.folding import fold
from assistant.understanding.words import load_words

PRODUCT = "¤"
"""What stands in place of a product's name in the text that is read."""

type Standing = Literal["held", "lacking"]


def asked_standing(text: str) -> Standing | None:
    """Return whether a question asks who holds a product, or who lacks it; None for neither.

    Parameters
    ----------
    text
        With `PRODUCT` in place of each product it names; without one, it asks for neither.
    """
    folded = fold(text)
    if PRODUCT not in folded or _says("selling", folded) or not _says("clients", folded):
        return None
    if _says("lacking", folded):
        return "lacking"
    return "held" if _says("held", folded) else None


def seeks_buyers(text: str) -> bool:
    """Whether a question speaks of offering something: to whom, who might, whom to call."""
    return _says("selling", fold(text))


def _says(name: str, folded: str) -> bool:
    return _pattern(name).search(folded) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_words("holding_questions")[name]))
