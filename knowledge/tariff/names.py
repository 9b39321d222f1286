"""Names of services as they are looked for in a text as they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.tariff.name_words import NameWord, cut_name, says_where

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A folded name of one service.

    Attributes
    ----------
    words : tuple of NameWord
        What must be said to name it in other words; may be empty.
    """

    service: str
    text: str
    words: tuple[NameWord, ...]

    @property
    def is_a_channel(self) -> bool:
        """Whether the name also says only where something is done or for whom."""
        return bool(self.words) and all(says_where(word.meaning) for word in self.words)


def spoken_name(service: str, text: str) -> SpokenName:
    """Make a name from a folded text."""
    return SpokenName(service, text, cut_name(text))


def exact_spans(name: SpokenName, text: str) -> Iterator[Span]:
    """Yield every place where the name stands; a Latin one never inside a word."""
    start = text.find(name.text)
    while start >= 0:
        end = start + len(name.text)
        if not _inside_word(text, start, end):
            yield start, end
        start = text.find(name.text, start + 1)


def _inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return before or after


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
