"""From a question to the entries that may answer it, for a role on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import numpy as np

from knowledge.audience import Asker
from knowledge.entries import Entry
from knowledge.language import LANGUAGES, Language, language_of
from knowledge.search.index import Document, HybridIndex
from knowledge.search.results import Hit, SearchResult
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms

NEAREST_SHOWN = 3

type Wordings = Mapping[str, Sequence[str]]

NO_WORDINGS: Wordings = MappingProxyType({})


class EntryFinder:
    """Searches the entries of one language; nothing changes after it is made.

    Parameters
    ----------
    entries : sequence of Entry
        Of that language, of any dates and audiences; may be empty.
    wordings : mapping of str to sequence of str
        By entry id, further ways in which people asked for an entry, of any language.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        language: Language,
        synonyms: Synonyms,
        settings: SearchSettings,
        wordings: Wordings = NO_WORDINGS,
    ) -> None:
        self._entries = tuple(entries)
        self._threshold = settings.threshold(language)
        self._close = settings.close
        documents = tuple(
            entry_document(entry, _asked_in(language, wordings.get(entry.entry_id, ())))
            for entry in self._entries
        )
        self._asked = tuple(document.questions for document in documents)
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
                asked = self._asked[row][scored.nearest[row]]
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
        wordings: Wordings = NO_WORDINGS,
    ) -> None:
        self._finders = {
            language: EntryFinder(
                [entry for entry in entries if entry.language == language],
                language,
                Synonyms(synonyms[language]),
                settings,
                wordings,
            )
            for language in LANGUAGES
        }

    def search(
        self, text: str, language: Language, on: date, role: Asker, limit: int
    ) -> SearchResult:
        """Search in one language; see `EntryFinder.search`."""
        return self._finders[language].search(text, on, role, limit)


def entry_document(entry: Entry, wordings: Sequence[str] = ()) -> Document:
    """Return an entry as it is searched: its title is a way to ask for it, too."""
    lists = (*entry.steps, *entry.papers, *entry.cautions)
    told = (entry.title, *entry.questions, *lists, entry.notes, entry.department)
    asked = (entry.title, *entry.questions, *wordings)
    return Document(tuple(dict.fromkeys(asked)), "\n".join(told))


def _asked_in(language: Language, wordings: Sequence[str]) -> list[str]:
    return [wording for wording in wordings if language_of(wording) == language]
