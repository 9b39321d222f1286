"""Text folded for comparing, one character for one, so that positions stay those of the text."""

import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC


@lru_cache(maxsize=256)  # one message is folded by everything that reads it
def fold(text: str) -> str:
    """Fold width, case and Traditional Chinese.

    Parameters
    ----------
    text
        Text as typed.

    Returns
    -------
    str
        Text of the same length: half width, lower case, Simplified.
    """
    narrow = "".join(_narrow(character) for character in text)
    simplified = str(_converter().convert(narrow))
    if len(simplified) == len(text):
        return simplified
    return "".join(_single(_converter().convert(character), character) for character in narrow)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _narrow(character: str) -> str:
    if character == "\u2019":
        return "'"
    return _single(unicodedata.normalize("NFKC", character).lower(), character)


def _single(folded: str, character: str) -> str:
    return folded if len(folded) == 1 else character
