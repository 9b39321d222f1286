"""One form for every way a text can be written: width, case, Traditional and Simplified."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

import yaml
from opencc import OpenCC

_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Traced:
    """A folded text that knows where each of its characters was typed.

    Attributes
    ----------
    text : str
        Folded; one space between Latin words, none beside Chinese.
    origins : tuple of int
        For each character its place in the text as typed.
    """

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a piece of the folded text (not empty) was typed."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> str:
    """Return a text in half width, lower case and Simplified characters, marks as spaces."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return _MARKS.sub(" ", _simplified(plain)).strip()


def trace(text: str) -> Traced:
    """Fold a text character by character, so that places in it can be found again."""
    plain = [
        (folded if folded.isalnum() else " ", origin)
        for origin, typed in enumerate(text)
        for folded in unicodedata.normalize("NFKC", typed).lower()
    ]
    whole = _simplified("".join(folded for folded, _ in plain))
    if len(whole) != len(plain):  # a phrase changed its length: only single characters then
        whole = "".join(_simplified(folded)[:1] for folded, _ in plain)
    kept: list[tuple[str, int]] = []
    for place, folded in enumerate(whole):
        after = whole[place + 1 : place + 2]
        if folded != " " or (kept and _latin(kept[-1][0]) and _latin(after)):
            kept.append((folded, plain[place][1]))
    return Traced("".join(folded for folded, _ in kept), tuple(origin for _, origin in kept))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _simplified(text: str) -> str:
    return str(_simplifier().convert(text)).translate(_variants())


@lru_cache(maxsize=1)
def _variants() -> Mapping[int, str]:
    text = resources.files("knowledge").joinpath("variants.yml").read_text("utf-8")
    return MappingProxyType(str.maketrans(yaml.safe_load(text)))


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
