"""What a search hands back."""

from dataclasses import dataclass

from knowledge.entries import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may answer.

    Attributes
    ----------
    score : float
        From 0 (nothing in common) to about 1 (asked in the very words of the entry).
    matched_question : str
        The entry's own question (or title) nearest to what was asked.
    """

    entry: Entry
    score: float
    matched_question: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, best first.

    Attributes
    ----------
    hits : tuple of Hit
        At most ``limit``; the nearest three where nothing was found.
    found : bool
        Whether the best hit is good enough to be shown as the answer.
    rivals : int
        How many of the best are so close that the asker should choose between them; zero where
        the best stands alone.
    """

    hits: tuple[Hit, ...]
    found: bool
    rivals: int = 0

    @property
    def ambiguous(self) -> bool:
        """Whether the asker should choose."""
        return self.rivals > 1
