"""Entries on one matter for different kinds of client: which is meant, and when to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.services.question import Question
from assistant.understanding.details import bare_details, find_client_kind
from assistant.understanding.pointing import find_rank
from assistant.understanding.words import load_words
from knowledge.audience import Reader
from knowledge.library import Library
from knowledge.search.results import Hit, SearchResult

_OTHER = {"corporate": "personal", "personal": "corporate"}
_NEAR = 0.3  # of the best one's chance: what is for the kind that was said may come first
_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class KindSearch:
    """Searches once more for a question that does not say what kind of client it is about.

    How close two entries are to a question in words says little here: of two that differ by the
    kind of client only, one is always worded more like it. So the question is asked with the kind
    said: what then answers, and was among the hits before, may be meant.
    """

    library: Library
    question: Question
    asker: Reader

    def with_counterpart(self, found: SearchResult) -> SearchResult:
        """Return what was found, the same matter for the other kind of client being a rival."""
        if not found.hits or found.hits[0].score >= _CERTAIN:
            return found
        best = found.hits[0].entry.client_kind
        if not found.found:
            fitting = [hit for kind in _OTHER if (hit := self._if_said(found, kind)) is not None]
            return _first(found, fitting) if len(fitting) == len(_OTHER) else found
        other = self._if_said(found, _OTHER[best]) if best in _OTHER else None
        return found if other is None else _first(found, (*found.hits[: found.rivals or 1], other))

    def for_kind(self, found: SearchResult, kind: str) -> SearchResult:
        """Return what was found for a client of a kind that is known though it was not said.

        An entry for the other kind gives way to the one that answers where the kind is said.
        """
        rivals = found.hits[: found.rivals]
        fitting = [hit for hit in rivals if hit.entry.client_kind != _OTHER[kind]]
        if fitting:
            return _first(found, fitting)
        if found.found and found.hits[0].entry.client_kind != _OTHER[kind]:
            return found
        said = self._if_said(found, kind)
        return found if said is None else _first(found, (said,))

    def _if_said(self, found: SearchResult, kind: str) -> Hit | None:
        """Return the entry for one kind of client that answers where the kind is said.

        It must have been a hit without that, too: else the kind is all that speaks for it.
        """
        question = self.question
        text = load_words("said_kinds")[question.language][kind].format(question.text)
        said = self.library.search(text, question.language, question.today, self.asker)
        if not said.found or said.hits[0].entry.client_kind != kind:
            return None
        return {hit.entry.entry_id: hit for hit in found.hits}.get(said.hits[0].entry.entry_id)


def of_kind(found: SearchResult, kind: str) -> SearchResult:
    """Leave out what is for the other kind than the one said, where something near is not."""
    fitting = tuple(hit for hit in found.hits if hit.entry.client_kind != _OTHER[kind])
    if not found.found or not fitting or fitting[0].score < _NEAR * found.hits[0].score:
        return found
    rivals = [hit for hit in found.hits[: found.rivals] if hit in fitting]
    return SearchResult(fitting, True, _several(rivals))


def chosen_by_words(library: Library, question: Question) -> str | None:
    """Return the entry that a message picks of those just offered: by its kind, or by its place."""
    pending = question.memory.pending
    if pending is None or not pending.options or not question.text:
        return None
    rank = find_rank(question.text, len(pending.options))
    if rank is not None and 0 < rank <= len(pending.options):
        return pending.options[rank - 1]
    if not bare_details(question.text):
        return None
    kind = find_client_kind(question.text)
    offered = [library.entry(entry_id, question.language) for entry_id in pending.options]
    fitting = [entry.entry_id for entry in offered if entry and entry.client_kind == kind]
    return fitting[0] if len(fitting) == 1 else None


def _first(found: SearchResult, chosen: Sequence[Hit]) -> SearchResult:
    """Return a result in which these come first, as rivals where they are several."""
    first = {hit.entry.entry_id: hit for hit in chosen}
    rest = [hit for hit in found.hits if hit.entry.entry_id not in first]
    return SearchResult((*first.values(), *rest), True, _several(list(first)))


def _several(rivals: Sequence[object]) -> int:
    return len(rivals) if len(rivals) > 1 else 0
