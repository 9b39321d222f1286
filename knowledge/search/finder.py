"""From a question to the entries that may answer it, for a role on a day."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from knowledge.audience import Asker
from knowledge.entries import Entry
from knowledge.language import LANGUAGES, Language
from knowledge.search.index import Document, HybridIndex
from knowledge.search.results import Hit, SearchResult
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms

NEAREST_SHOWN = 3


class EntryFinder:
    """Searches the entries of one language; nothing changes after it is made.

    Parameters
    ----------
    entries : sequence of Entry
        Of that language, of any dates and audiences; may be empty.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        language: Language,
        synonyms: Synonyms,
        settings: SearchSettings,
    ) -> None:
        self._entries = tuple(entries)
        self._threshold = settings.threshold(language)
        self._close = settings.close
        documents = [entry_document(entry) for entry in self._entries]
        self._index = HybridIndex(documents, synonyms, settings.weights) if documents else None

    def search(self, text: str, on: date, role: Asker, limit: int) -> SearchResult:
        """Return the entries valid on a day and readable by a role, best first."""
        if self._index is None:
            return SearchResult((), found=False)
        scored = self._index.score(text)
        hits: list[Hit] = []
        for row in np.argsort(-scored.scores, kind="stable"):
            entry = self._entries[row]
            if entry.valid(on) and entry.readable_by(role) and len(hits) < max(limit, 2):
                asked = entry_document(entry).questions[scored.nearest[row]]
                hits.append(Hit(entry, float(scored.scores[row]), asked))
        found = bool(hits) and hits[0].score >= self._threshold
        shown = limit if found else min(limit, NEAREST_SHOWN)
        return SearchResult(tuple(hits[:shown]), found, found and self._undecided(hits))

    def _undecided(self, hits: Sequence[Hit]) -> bool:
        return len(hits) > 1 and hits[0].score - hits[1].score <= self._close


class LibrarySearch:
    """Searches the entries of both languages."""

    def __init__(
        self,
        entries: Sequence[Entry],
        synonyms: Mapping[Language, Sequence[Sequence[str]]],
        settings: SearchSettings,
    ) -> None:
        self._finders = {
            language: EntryFinder(
                [entry for entry in entries if entry.language == language],
                language,
                Synonyms(synonyms[language]),
                settings,
            )
            for language in LANGUAGES
        }

    def search(
        self, text: str, language: Language, on: date, role: Asker, limit: int
    ) -> SearchResult:
        """Search in one language; see `EntryFinder.search`."""
        return self._finders[language].search(text, on, role, limit)


def entry_document(entry: Entry) -> Document:
    """Return an entry as it is searched: its title is a way to ask for it, too."""
    lists = (*entry.steps, *entry.papers, *entry.cautions)
    told = (entry.title, *entry.questions, *lists, entry.notes, entry.department)
    return Document((entry.title, *entry.questions), "\n".join(told))
