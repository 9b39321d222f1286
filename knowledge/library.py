"""The knowledge of one installation, loaded whole and never changed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from knowledge.audience import Asker
from knowledge.check import read_and_check
from knowledge.entries import Entry
from knowledge.errors import ContentFaults
from knowledge.gaps.likeness import Asked, Likeness, likeness_settings
from knowledge.history import HistoryNote
from knowledge.language import Language
from knowledge.reading.synonym_file import Groups
from knowledge.search.finder import NO_WORDINGS, LibrarySearch, Wordings
from knowledge.search.results import SearchResult
from knowledge.search.settings import default_settings
from knowledge.snapshot import written_rows
from knowledge.stamp import content_files
from knowledge.tariff.matching import ServiceMatcher
from knowledge.tariff.rows import Tariff
from knowledge.tariff.services import Service, ServiceMatch


@dataclass(frozen=True, slots=True)
class Library:
    """Entries, tariff and search; safe to share between threads.

    Attributes
    ----------
    entries : tuple of Entry
        Of both languages, of every date.
    tariff : Tariff
        For `knowledge.tariff.quote` and `knowledge.tariff.quotes_by_channel`.
    fingerprint : str
        SHA-256 of all content files; another one means other content.
    loaded_on : date
        The day it was loaded for; entries that ended before it stay readable by id.
    history : tuple of HistoryNote
        What the business noted of its changes, the newest first.
    written : mapping of str to mapping of str to str
        The columns of each tariff row, by its id, as they stand in the file.
    """

    entries: tuple[Entry, ...]
    tariff: Tariff
    fingerprint: str
    loaded_on: date
    history: tuple[HistoryNote, ...]
    written: Mapping[str, Mapping[str, str]]
    _by_id: Mapping[tuple[str, Language], Entry]
    _synonyms: Mapping[Language, Groups]
    _search: LibrarySearch
    _matcher: ServiceMatcher

    @classmethod
    def load(
        cls,
        root: Path,
        today: date,
        wordings: Wordings = NO_WORDINGS,
        learned: Path | None = None,
    ) -> "Library":
        """Read, check and index a content folder.

        Parameters
        ----------
        wordings : mapping of str to sequence of str
            By entry id, how people asked for it beside the entry's own questions; ids of no
            entry are passed over.
        learned : Path, optional
            Folder in which the search keeps what it learned from this content.

        Raises
        ------
        ContentFaults
            Anything does not hold together; carries every fault with file and line.
        """
        content, faults = read_and_check(root)
        if faults:
            raise ContentFaults(faults)
        return cls(
            entries=content.entries,
            tariff=content.tariff,
            fingerprint=fingerprint(root),
            loaded_on=today,
            history=content.history,
            written=written_rows(root),
            _by_id=MappingProxyType(
                {(entry.entry_id, entry.language): entry for entry in content.entries}
            ),
            _synonyms=content.synonyms,
            _search=LibrarySearch(
                content.entries, content.synonyms, default_settings(), wordings, learned
            ),
            _matcher=ServiceMatcher(content.tariff.services),
        )

    def with_entries(self, added: Sequence[Entry], wordings: Wordings) -> "Library":
        """Return the same library with further entries and wordings, at once.

        What the search learned from the library's own content holds on: a few entries more change
        little of it, and whoever waits for them should not wait for learning.

        Parameters
        ----------
        added : sequence of Entry
            New ones, or newer versions of its own; of an entry in a language the highest version
            counts, and the library's own where both have the same.
        wordings : mapping of str to sequence of str
            See `load`.
        """
        newest = dict(self._by_id)
        for entry in added:
            known = newest.get((entry.entry_id, entry.language))
            if known is None or known.version < entry.version:
                newest[entry.entry_id, entry.language] = entry
        entries = tuple(newest.values())
        taught = self._search.taught
        search = LibrarySearch(entries, self._synonyms, default_settings(), wordings, taught=taught)
        return replace(self, entries=entries, _by_id=MappingProxyType(newest), _search=search)

    def likeness(self, asked: Sequence[Asked]) -> Likeness:
        """Return what compares these questions with each other, in either language."""
        return Likeness(self.entries, self._synonyms, asked, likeness_settings())

    @property
    def services(self) -> tuple[Service, ...]:
        """The services that have a price, in the order of their file."""
        return self.tariff.services

    def entry(self, entry_id: str, language: Language) -> Entry | None:
        """Return an entry by its id, whatever its dates; None where there is none."""
        return self._by_id.get((entry_id, language))

    def search(
        self, text: str, language: Language, on: date, role: Asker = None, limit: int = 5
    ) -> SearchResult:
        """Find the entries that answer a question, among those valid and readable.

        Parameters
        ----------
        role : Reader, str or None
            Whose audience counts: a reader, or a role of no branch in particular; None sees only
            what is open to everyone.
        limit : int
            Most hits to return; where nothing was found, the nearest three at most.
        """
        return self._search.search(text, language, on, role, limit)

    def match_service(self, text: str, language: Language) -> tuple[ServiceMatch, ...]:
        """Return the services whose fee a text asks about, the surest first; maybe none."""
        return self._matcher.match(text, language)


def fingerprint(root: Path) -> str:
    """Return a digest of names and contents of all files a content folder is read from."""
    digest = hashlib.sha256()
    for path in content_files(root):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
