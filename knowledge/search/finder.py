"""From a question to the entries that may answer it, for a role on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from knowledge.audience import Asker
from knowledge.entries import Entry
from knowledge.folding import fold
from knowledge.language import LANGUAGES, Language, language_of
from knowledge.search.forms import Forms
from knowledge.search.index import Document, HybridIndex
from knowledge.search.ranker import Ranker
from knowledge.search.remembering import name_of, remembered
from knowledge.search.results import Hit, SearchResult
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms
from knowledge.search.teaching import Taught, teach

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
    learned : Path, optional
        Folder in which what is learned is kept for the next time.
    taught : Taught, optional
        What was learned before from nearly the same entries; nothing is learned anew then.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        language: Language,
        synonyms: Synonyms,
        settings: SearchSettings,
        wordings: Wordings = NO_WORDINGS,
        learned: Path | None = None,
        taught: Taught | None = None,
    ) -> None:
        self._entries = tuple(entries)
        documents = tuple(
            entry_document(entry, _asked_in(language, wordings.get(entry.entry_id, ())))
            for entry in self._entries
        )
        self._asked = tuple(document.questions for document in documents)
        self._verbatim = _owners(self._asked)
        self._open = lru_cache(maxsize=64)(self._open_to)
        self._ranker: Ranker | None = None
        self.taught = taught
        if documents:
            forms = Forms(synonyms)
            index = HybridIndex(documents, forms)
            self.taught = taught or remembered(
                learned,
                name_of(documents, language, forms, settings),
                lambda: teach(index, documents, language, settings),
            )
            self._ranker = Ranker(index, self.taught.combination)

    def search(self, text: str, on: date, role: Asker, limit: int) -> SearchResult:
        """Return the entries valid on a day and readable by a role, best first.

        A question in exactly the words of one entry, and of no other, is that entry's.
        """
        taught = self.taught
        if self._ranker is None or taught is None:
            return SearchResult((), found=False)
        open_to_asker = self._open(on, role)
        known = self._verbatim.get(_bare(text), {})
        own = {row: wording for row, wording in known.items() if open_to_asker[row]}
        ranked = (
            Hit(self._entries[row], chance, self._asked[row][near])
            for row, chance, near in self._ranker.rank(text, open_to_asker)
            if len(own) > 1 or row not in own
        )
        certain = [Hit(self._entries[r], 1.0, w) for r, w in own.items() if len(own) == 1]
        hits = [*certain, *islice(ranked, max(limit, 2) - len(certain))]
        if certain:
            return SearchResult(tuple(hits[:limit]), found=True)
        found = bool(hits) and hits[0].score >= taught.bound
        shown = limit if found else min(limit, NEAREST_SHOWN)
        return SearchResult(
            tuple(hits[:shown]), found, _rivals(hits, taught.rivalry) if found else 0
        )

    def _open_to(self, on: date, role: str | None) -> NDArray[np.bool_]:
        return np.array([entry.valid(on) and entry.readable_by(role) for entry in self._entries])


class LibrarySearch:
    """Searches the entries of both languages."""

    def __init__(
        self,
        entries: Sequence[Entry],
        synonyms: Mapping[Language, Sequence[Sequence[str]]],
        settings: SearchSettings,
        wordings: Wordings = NO_WORDINGS,
        learned: Path | None = None,
        taught: Mapping[Language, Taught | None] = MappingProxyType({}),
    ) -> None:
        self._finders = {
            language: EntryFinder(
                [entry for entry in entries if entry.language == language],
                language,
                Synonyms(synonyms[language]),
                settings,
                wordings,
                learned,
                taught.get(language),
            )
            for language in LANGUAGES
        }

    @property
    def taught(self) -> Mapping[Language, Taught | None]:
        """What was learned, by language; None where there is nothing to search."""
        return {language: finder.taught for language, finder in self._finders.items()}

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


def _rivals(hits: Sequence[Hit], rivalry: float) -> int:
    """Return 2 where the second is so close that it may be meant as well, else 0."""
    return 2 if len(hits) > 1 and hits[1].score >= rivalry * hits[0].score else 0


def _owners(asked: Sequence[Sequence[str]]) -> Mapping[str, Mapping[int, str]]:
    """Return who is asked for in exactly these words: rows with the wording as it is known."""
    owners: dict[str, dict[int, str]] = {}
    for row, wordings in enumerate(asked):
        for wording in wordings:
            owners.setdefault(_bare(wording), {}).setdefault(row, wording)
    return owners


def _bare(text: str) -> str:
    """Return a folded text without what carries no sound."""
    return "".join(character for character in fold(text) if character.isalnum())


def _asked_in(language: Language, wordings: Sequence[str]) -> list[str]:
    return [wording for wording in wordings if language_of(wording) == language]
