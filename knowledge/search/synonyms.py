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
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._first:
            lengths[word[0]].add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def unify(self, folded: str) -> str:
        """Return a folded text with every known word in its group's first form."""
        if self._lengths.keys().isdisjoint(folded):
            return folded
        unified: list[str] = []
        place = 0
        while place < len(folded):
            word = self._longest_at(folded, place)
            unified.append(self._first[word] if word else folded[place])
            place += len(word) or 1
        return "".join(unified)

    def _longest_at(self, text: str, place: int) -> str:
        """Return the longest word that stands at a place; the empty text where none does."""
        lengths = self._lengths.get(text[place])
        if lengths is None or _joined(text[place - 1 : place], text[place]):
            return ""
        for length in lengths:
            word = text[place : place + length]
            if word in self._first and not _joined(
                word[-1], text[place + length : place + length + 1]
            ):
                return word
        return ""


def _joined(left: str, right: str) -> bool:
    pair = left + right
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
