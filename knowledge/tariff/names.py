"""Names of services as they are looked for in a text: exactly, by all their words, with slips."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba
from pypinyin import Style, pinyin
from rapidfuzz import fuzz

LEAST_ALIKE = 80.0
"""Least rapidfuzz ratio of a name with slips: one character in five."""
LEAST_ALIKE_LATIN = 88.0
"""The same for Latin letters, of which a word has more."""
SHORTEST_WITH_SLIP = 4
"""Shorter names turn into others by one slip, so they must be written right."""
WIDEST_GAP = 12
"""Most characters between two words of a name."""

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A folded name of one service."""

    service: str
    text: str
    words: tuple[str, ...]

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return self.text.isascii()


def spoken_name(service: str, text: str) -> SpokenName:
    """Make a name from a folded text."""
    cut = text.split() if text.isascii() else rjieba.cut(text)
    return SpokenName(service, text, tuple(cut))


def exact_spans(name: SpokenName, text: str) -> Iterator[Span]:
    """Yield every place where the name stands; a Latin one never inside a word."""
    start = text.find(name.text)
    while start >= 0:
        end = start + len(name.text)
        if not _inside_word(text, start, end):
            yield start, end
        start = text.find(name.text, start + 1)


def words_span(name: SpokenName, text: str) -> Span | None:
    """Return where all words of the name stand in order with a little between them."""
    if len(name.words) < 2 or min(map(len, name.words)) < 2:
        return None
    begin = end = -1
    for word in name.words:
        start = text.find(word, max(end, 0))
        far = begin >= 0 and start - end > WIDEST_GAP
        if start < 0 or far or _inside_word(text, start, start + len(word)):
            return None
        begin, end = (start if begin < 0 else begin), start + len(word)
    return begin, end


def slip_span(name: SpokenName, text: str) -> tuple[Span, float] | None:
    """Return where the name stands with a slip or in other characters of the same sound.

    Returns the place and the share of it that is right, from 0 to 1.
    """
    size = len(name.text)
    if size < SHORTEST_WITH_SLIP or len(text) < size - 1:
        return None
    least = LEAST_ALIKE_LATIN if name.latin else LEAST_ALIKE
    alike = fuzz.partial_ratio_alignment(name.text, text, score_cutoff=least)
    if name.latin:
        return None if alike is None else _whole_words(name, text, alike.dest_start, alike.dest_end)
    if alike is not None:
        return (alike.dest_start, alike.dest_end), alike.score / 100
    return _same_sound(name.text, text)


def _whole_words(name: SpokenName, text: str, start: int, end: int) -> tuple[Span, float] | None:
    """Widen a place to whole words and compare again."""
    start = text.rfind(" ", 0, start + 1) + 1
    end = text.find(" ", end - 1) if " " in text[end - 1 :] else len(text)
    score = fuzz.ratio(name.text, text[start:end], score_cutoff=LEAST_ALIKE_LATIN)
    return ((start, end), score / 100) if score else None


def _same_sound(name: str, text: str) -> tuple[Span, float] | None:
    """Find a name typed by its sound: half of it right, the rest pronounced alike."""
    for start in range(len(text) - len(name) + 1):
        piece = text[start : start + len(name)]
        right = sum(typed == meant for typed, meant in zip(piece, name, strict=True))
        if 2 * right >= len(name) and all(map(_sounds_alike, piece, name)):
            return (start, start + len(name)), right / len(name)
    return None


def _sounds_alike(first: str, second: str) -> bool:
    return first == second or not _sounds(first).isdisjoint(_sounds(second))


@lru_cache(maxsize=8192)
def _sounds(character: str) -> frozenset[str]:
    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(reading for listed in readings for reading in listed)


def _inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return before or after


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
