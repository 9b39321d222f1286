"""What a question is about, without the words in which anything is asked."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.folding import fold
from knowledge.search.analysis import words


class Matter:
    """Takes phrases of asking, empty words and amounts out of a question.

    Parameters
    ----------
    phrases : iterable of str
        Taken out wherever they stand, the longest first; Latin ones only as whole words.
    empty : iterable of str
        Taken out where they are words of their own.
    units : iterable of str
        Taken out after a number, and the number with them.
    """

    def __init__(self, phrases: Iterable[str], empty: Iterable[str], units: Iterable[str]) -> None:
        self._phrases = re.compile(_alternatives(phrases))
        counted = _alternatives(units)
        self._amounts = re.compile(rf"(?<![a-z0-9])[0-9]+(?:\s?{counted})*(?![a-z0-9])")
        self._empty = frozenset(fold(word) for word in empty)

    def of(self, folded: str) -> str:
        """Return what is left of a folded text; the whole text where nothing would be left."""
        runs = self._phrases.sub(" ", self._amounts.sub("", folded)).split()
        left = " ".join(self._full_words(run) for run in runs).split()
        return " ".join(left) or folded

    def _full_words(self, run: str) -> str:
        return "".join(" " if word in self._empty else word for word in words(run))


@lru_cache(maxsize=1)
def default_matter() -> Matter:
    """Read ``asking.yml``, of both languages."""
    text = resources.files("knowledge.search").joinpath("asking.yml").read_text("utf-8")
    read = yaml.safe_load(text)
    return Matter(read["phrases"], read["words"], read["units"])


def _alternatives(texts: Iterable[str]) -> str:
    """Return a pattern of folded texts, the longest first, Latin ones as whole words."""
    longest = sorted({fold(text) for text in texts}, key=lambda text: (-len(text), text))
    return f"(?:{'|'.join(_bounded(text) for text in longest)})"


def _bounded(text: str) -> str:
    before = "(?<![a-z])" if text[0].isascii() else ""
    after = "(?![a-z0-9])" if text[-1].isascii() else ""
    return f"{before}{re.escape(text)}{after}"
