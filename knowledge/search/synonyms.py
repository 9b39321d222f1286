"""Words with one meaning brought to one form, on both sides of the comparison."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from knowledge.folding import fold


class Synonyms:
    """Replaces each word of a group by the group's first; the longest word wins.

    Parameters
    ----------
    groups : iterable of sequences of str
        Words of one meaning each; nothing changes after it is made.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        folded = [[fold(word) for word in group] for group in groups]
        self._first = {word: group[0] for group in folded for word in group if word}
        # looked up by first character: a pattern of many hundred words is slower by far
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._first, key=len, reverse=True):
            self._beginning[word[0]].append(word)

    def unify(self, folded: str) -> str:
        """Return a folded text with every known word in its group's first form."""
        unified: list[str] = []
        place = 0
        while place < len(folded):
            word = self._longest_at(folded, place)
            unified.append(self._first[word] if word else folded[place])
            place += len(word) or 1
        return "".join(unified)

    def _longest_at(self, text: str, place: int) -> str:
        """Return the longest word that stands at a place; the empty text where none does."""
        for word in self._beginning.get(text[place], ()):
            if text.startswith(word, place) and not _within_latin(text, place, len(word)):
                return word
        return ""


def _within_latin(text: str, place: int, length: int) -> bool:
    """Whether a piece of a text begins or ends inside a Latin word."""
    end = place + length
    return _joined(text[place - 1 : place], text[place]) or _joined(
        text[end - 1], text[end : end + 1]
    )


def _joined(left: str, right: str) -> bool:
    pair = left + right
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
