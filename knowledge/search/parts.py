"""The parts of the hybrid: every way in which a question and a document can be alike."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """One way of being alike, from 0 to 1.

    Questions are compared by characters and by words, as asked and by their matter alone; so is
    the whole text. ``together`` is the nearest single question by all four, ``usual`` the mean of
    all the document's questions; ``ratio``, ``order`` and ``beginning`` compare the spelling with
    the nearest question.
    """

    CHARACTERS = "characters"
    WORDS = "words"
    MATTER_CHARACTERS = "matter_characters"
    MATTER_WORDS = "matter_words"
    TOGETHER = "together"
    USUAL = "usual"
    TEXT_CHARACTERS = "text_characters"
    TEXT_WORDS = "text_words"
    TEXT_MATTER_CHARACTERS = "text_matter_characters"
    TEXT_MATTER_WORDS = "text_matter_words"
    RATIO = "ratio"
    ORDER = "order"
    BEGINNING = "beginning"

    @property
    def place(self) -> int:
        """Its column in an array of parts."""
        return _PLACES[self]

    @property
    def of_matter(self) -> bool:
        """Whether it looks at the matter alone."""
        return "matter" in self

    @property
    def of_text(self) -> bool:
        """Whether it looks at the whole text."""
        return self.startswith("text")

    @property
    def of_spelling(self) -> bool:
        """Whether it compares the spelling with the nearest question."""
        return self in {Part.RATIO, Part.ORDER, Part.BEGINNING}

    @property
    def cut(self) -> str:
        """Whether it looks at characters or words."""
        return self.rsplit("_", 1)[-1]


PART_NAMES: tuple[Part, ...] = tuple(Part)
_PLACES: Mapping[Part, int] = {part: place for place, part in enumerate(PART_NAMES)}

MIXED: Mapping[Part, float] = MappingProxyType(
    {
        Part.CHARACTERS: 0.27,
        Part.MATTER_CHARACTERS: 0.27,
        Part.WORDS: 0.23,
        Part.MATTER_WORDS: 0.23,
    }
)
