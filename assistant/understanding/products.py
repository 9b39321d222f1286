"""Which products a message names: by name, nickname or code, or with a slip in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from assistant.understanding.folding import fold
from assistant.understanding.words import any_of

_SLIP = 84.0
_SHORTEST_SLIP = 4
_SOUND_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class ProductName:
    """A product of the catalogue and what people call it."""

    product_id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """A product named at a place in the text; `score` is 1 when written as in the catalogue."""

    product_id: str
    score: float
    start: int
    end: int


def find_products(text: str, catalogue: Sequence[ProductName]) -> tuple[ProductMatch, ...]:
    """Return the products a message names, in the order of the text.

    Where one name stands inside a longer one, the longer counts. A nickname that several products
    share gives all of them, with the same score. Slips are looked for only when nothing is named
    as it is written in the catalogue.
    """
    if not catalogue:
        return ()
    index = _index(tuple(catalogue))
    folded = fold(text)
    return tuple(index.written(folded)) or tuple(index.slips(folded))


class _Index:
    def __init__(self, catalogue: tuple[ProductName, ...]) -> None:
        self._ids: dict[str, list[str]] = {}
        for product in catalogue:
            names = (product.product_id, product.name_zh, product.name_en, *product.aliases)
            for name in {fold(name) for name in names if name}:
                self._ids.setdefault(name, []).append(product.product_id)
        self._pattern = re.compile(any_of(self._ids))
        self._sounds = {_sound(name): name for name in self._ids if not name.isascii()}

    def written(self, folded: str) -> Iterator[ProductMatch]:
        for match in self._pattern.finditer(folded):
            yield from self._matches(match.group(), 1.0, match.start(), match.end())

    def slips(self, folded: str) -> Iterator[ProductMatch]:
        """Find the name that sounds the same, or else the one nearest in spelling."""
        heard = list(self._heard(folded))
        return iter(heard) if heard else self._nearest(folded)

    def _heard(self, folded: str) -> Iterator[ProductMatch]:
        syllables = [_sound(character) for character in folded]
        start = 0
        while start < len(folded):
            end = len(folded)
            while end > start and " ".join(syllables[start:end]) not in self._sounds:
                end -= 1
            if end > start:
                name = self._sounds[" ".join(syllables[start:end])]
                yield from self._matches(name, _SOUND_ALIKE, start, end)
            start = max(end, start + 1)

    def _nearest(self, folded: str) -> Iterator[ProductMatch]:
        best, where, name = 0.0, (0, 0), ""
        for known in self._ids:
            # Two letters more than a Chinese character: a short Latin word resembles too many.
            if len(known) < _SHORTEST_SLIP + 2 * known.isascii() or len(folded) < len(known) - 1:
                continue
            found = fuzz.partial_ratio_alignment(known, folded, score_cutoff=_SLIP)
            if found is not None and found.score > best:
                best, where, name = found.score, (found.dest_start, found.dest_end), known
        if name:
            yield from self._matches(name, 0.9 * best / 100, *where)

    def _matches(self, name: str, score: float, start: int, end: int) -> Iterator[ProductMatch]:
        for product_id in self._ids[name]:
            yield ProductMatch(product_id, score, start, end)


@lru_cache(maxsize=8)
def _index(catalogue: tuple[ProductName, ...]) -> _Index:
    return _Index(catalogue)


@lru_cache(maxsize=8192)
def _sound(text: str) -> str:
    return " ".join(lazy_pinyin(text))
