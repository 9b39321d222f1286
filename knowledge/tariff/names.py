"""Names of services as they are looked for in a text as they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.tariff.name_words import NameWord, cut_name, names_nothing

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
        """Whether the name may also say only where something is done or for whom."""
        return bool(self.words) and not self.telling

    @property
    def telling(self) -> tuple[NameWord, ...]:
        """The words that alone could name something."""
        return tuple(word for word in self.words if not names_nothing(word.meaning))


def spoken_name(service: str, text: str) -> SpokenName:
    """Make a name from a folded text."""
    return SpokenName(service, text, cut_name(text))


def exact_spans(written: str, text: str) -> Iterator[Span]:
    """Yield every place where a name or a word stands; a Latin one never inside a word."""
    start = text.find(written)
    while start >= 0:
        end = start + len(written)
        if not _inside_word(text, start, end):
            yield start, end
        start = text.find(written, start + 1)


def _inside_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return before or after


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
