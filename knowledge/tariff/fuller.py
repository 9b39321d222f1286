"""Names that say more than the one written: "report the loss of a cheque" beside "cheque"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from knowledge.tariff.name_words import names_nothing
from knowledge.tariff.names import Span, SpokenName, exact_spans


class FullerNames:
    """For every name the names of other services that hold all its words and more.

    Parameters
    ----------
    names : sequence of SpokenName
    spellings : iterable of (written, meaning)
        In which words each meaning may stand in a text.
    """

    def __init__(self, names: Sequence[SpokenName], spellings: Iterable[tuple[str, str]]) -> None:
        self._written: defaultdict[str, set[str]] = defaultdict(set)
        for written, meaning in spellings:
            # A single character is a piece of too many other words.
            if written.isascii() or len(written) > 1:
                self._written[meaning].add(written)
        self._fuller = {name.text: _fuller(name, names) for name in names if name.telling}

    def said(self, name: SpokenName, span: Span, text: str) -> tuple[str, tuple[Span, ...]] | None:
        """Return the service of a fuller name whose further words are said too, and all spans.

        The one with the most words counts; None where nothing more is said than the name.
        """
        for service, further in self._fuller.get(name.text, {}).items():
            places = [self._place(meaning, text, span) for meaning in further]
            if all(places):
                return service, tuple(sorted([span, *(place for place in places if place)]))
        return None

    def _place(self, meaning: str, text: str, taken: Span) -> Span | None:
        found = (
            place for written in self._written[meaning] for place in exact_spans(written, text)
        )
        return next((one for one in found if one[1] <= taken[0] or taken[1] <= one[0]), None)


def _fuller(name: SpokenName, names: Sequence[SpokenName]) -> Mapping[str, frozenset[str]]:
    """Return what must be said besides, by service; the most telling first."""
    own = {word.meaning for word in name.words}
    same = {other.service for other in names if {w.meaning for w in other.words} == own}
    further: dict[str, frozenset[str]] = {}
    for other in names:
        meanings = frozenset(word.meaning for word in other.words)
        if other.service in same or not own < meanings:
            continue
        more = meanings - own
        if all(names_nothing(meaning) for meaning in more):
            continue
        if other.service not in further or len(more) < len(further[other.service]):
            further[other.service] = more
    return dict(sorted(further.items(), key=lambda item: -len(item[1])))
