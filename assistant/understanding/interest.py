"""Questions for interest: on a deposit or a loan, which is no fee."""

import re
from functools import cache

from assistant.understanding.folding import fold
from assistant.understanding.words import load_words


def asks_for_interest(text: str) -> bool:
    """Whether a message asks for a figure of interest and for no fee."""
    folded = fold(text)
    if _says("never", folded) or _says("fee", folded):
        return False
    return _says("interest", folded) and _says("figure", folded)


def says_what_bears_interest(text: str) -> bool:
    """Whether a message names a deposit, a loan or the like."""
    return _says("bearer", fold(text))


def _says(name: str, folded: str) -> bool:
    return _pattern(name).search(folded) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_words("interest")[name]))
