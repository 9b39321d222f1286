"""Where the words of names stand in a question: as written, with a slip, or by their sound."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from re import finditer

from pypinyin import Style, pinyin
from rapidfuzz import fuzz, process

from knowledge.tariff.name_words import stem

LEAST_ALIKE = 86.0
"""Least rapidfuzz ratio of a Latin word with slips."""
SHORTEST_WITH_SLIP = 6
"""Shorter Latin words turn into others by one slip, so they must be written right."""
ONE_CHARACTER = 0.6
"""A single Chinese character may be a piece of any other word."""
_BY_SOUND = 0.9
_LONGEST_BY_SOUND = 4
_MOST_READINGS = 8

_WORD = "[a-z0-9]+"

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of a name in a text.

    Attributes
    ----------
    right : float
        1 as written, less with a slip.
    """

    meaning: str
    span: Span
    right: float


class WordSearch:
    """Finds spellings in texts; nothing changes after it is made.

    Parameters
    ----------
    spellings : iterable of (written, meaning)
        Folded words and phrases.
    """

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        self._chinese: dict[str, str] = {}
        self._latin: dict[str, str] = {}
        self._sounds: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for written, meaning in spellings:
            if written.isascii():
                self._latin[" ".join(map(stem, written.split()))] = meaning
            else:
                self._chinese[written] = meaning
                for sound in _sounds(written):
                    self._sounds[sound].add(written)
        self._widest = max((len(words.split()) for words in self._latin), default=1)
        self._vocabulary = sorted({word for phrase in self._latin for word in phrase.split()})

    def find(self, text: str) -> Iterator[Heard]:
        """Yield every word of a name in a folded text; those written right first."""
        right = list(self._written(text))
        yield from right
        taken = [heard.span for heard in right if heard.span[1] - heard.span[0] > 1]
        for heard in self._sounding(text):
            if all(_apart(heard.span, span) for span in taken):
                yield heard
        yield from self._latin_written(text)

    def _written(self, text: str) -> Iterator[Heard]:
        for written, meaning in self._chinese.items():
            place = text.find(written)
            if place >= 0:
                right = 1.0 if len(written) > 1 else ONE_CHARACTER
                yield Heard(meaning, (place, place + len(written)), right)

    def _latin_written(self, text: str) -> Iterator[Heard]:
        """Yield words and phrases of Latin letters, single words of them with a slip."""
        words = [(match.span(), *self._known(match.group())) for match in finditer(_WORD, text)]
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + self._widest) + 1):
                phrase = words[start:end]
                if meaning := self._latin.get(" ".join(word for _, word, _ in phrase)):
                    span = phrase[0][0][0], phrase[-1][0][1]
                    yield Heard(meaning, span, min(right for _, _, right in phrase))

    def _known(self, word: str) -> tuple[str, float]:
        """Return the word of a name that is meant, and how much of it is written right."""
        stemmed = stem(word)
        if len(word) < SHORTEST_WITH_SLIP or stemmed in self._vocabulary:
            return stemmed, 1.0
        near = process.extractOne(
            stemmed, self._vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE
        )
        return (stemmed, 1.0) if near is None else (near[0], near[1] / 100)

    def _sounding(self, text: str) -> Iterator[Heard]:
        """Yield words typed by their sound, at least half of the characters right."""
        for start in range(len(text) - 1):
            for end in range(start + 2, min(len(text), start + _LONGEST_BY_SOUND) + 1):
                piece = text[start:end]
                if piece.isascii():
                    continue
                for written in {w for sound in _sounds(piece) for w in self._sounds.get(sound, ())}:
                    same = sum(one == other for one, other in zip(piece, written, strict=True))
                    if len(piece) > same >= len(piece) / 2:
                        yield Heard(self._chinese[written], (start, end), _BY_SOUND)


def _sounds(text: str) -> Iterator[tuple[str, ...]]:
    readings = [_readings(character) for character in text]
    for number, sound in enumerate(product(*readings)):
        if number >= _MOST_READINGS:
            return
        yield sound


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")
    return tuple(dict.fromkeys(reading for listed in found for reading in listed))


def _apart(first: Span, second: Span) -> bool:
    return first[1] <= second[0] or second[1] <= first[0]
