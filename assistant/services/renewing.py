"""New content goes live without a restart: whole, or not at all and its owners are told.

Every service process looks at the folder by itself. What is read is taken only where the folder
did not change while it was read, so a file that is still being copied is waited for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import structlog

from assistant.identity import Clock
from assistant.services.good_content import GoodContent
from assistant.services.shelf import ContentShelf
from crm.content_journal import JournalItem, WentLive, newest_version, record_version
from crm.store.engine import Store
from crm.store.session import Session
from knowledge.errors import ContentFaults, Fault
from knowledge.library import Library, fingerprint
from knowledge.snapshot import snapshot
from knowledge.stamp import being_written, stamp


class OwnerNotices(Protocol):
    """Tells the owners of the knowledge, in the transaction of what there is to tell."""

    def refused(self, session: Session, attempt: str, faults: Sequence[Fault]) -> None:
        """Tell why content was not taken; once for the same attempt."""

    def live(self, session: Session, version: WentLive) -> None:
        """Tell that a version went live; once for each."""


class Look(StrEnum):
    """What a look at the folder came to."""

    SAME = "same"
    SETTLING = "settling"
    LIVE = "live"
    REFUSED = "refused"


@dataclass(slots=True)
class ContentRenewal:
    """Looks at the content folder again and again; one look at a time.

    Attributes
    ----------
    opened
        Stamp of the folder when the library on the shelf was read from it at the start; empty
        where a kept copy answers.
    """

    shelf: ContentShelf
    root: Path
    store: Store
    good: GoodContent
    notices: OwnerNotices
    today: Callable[[], date]
    clock: Clock
    opened: str
    _taken: str = ""
    _seen: str = ""

    def look(self) -> Look:
        """Take new content if there is any and it holds together."""
        if being_written(self.root):
            return Look.SETTLING
        now = stamp(self.root)
        if now == self._taken:
            return Look.SAME
        if now not in (self._seen, self.opened):
            self._seen = now
            return Look.SETTLING
        return self._take(now)

    def _take(self, now: str) -> Look:
        try:
            library = self._library()
        except ContentFaults as found:
            return self._refuse(now, found)
        items = journal_items(self.root, library)
        if stamp(self.root) != now:
            return Look.SETTLING
        self._go_live(library, items)
        self._taken = now
        return Look.LIVE

    def _library(self) -> Library:
        """Read the folder, unless it says what is on the shelf already."""
        if fingerprint(self.root) == self.shelf.library.fingerprint:
            return self.shelf.library
        return Library.load(self.root, self.today())

    def _go_live(self, library: Library, items: Sequence[JournalItem]) -> None:
        if not self.good.keep(self.root, library.fingerprint):
            structlog.get_logger("content").warning("content.not_kept")
        version = self.record(library, items)
        self.shelf.library = library
        structlog.get_logger("content").info(
            "content.live",
            fingerprint=library.fingerprint[:12],
            items=len(items),
            changes=0 if version is None else version.changes,
        )

    def record(self, library: Library, items: Sequence[JournalItem]) -> WentLive | None:
        """Write into the journal what goes live; None where another process has."""
        with self.store.begin() as session:
            first = newest_version(session) is None
            version = record_version(
                session, library.fingerprint, items, self.clock(), self.today()
            )
            if version is not None and not first:
                self.notices.live(session, version)
        return version

    def _refuse(self, now: str, found: ContentFaults) -> Look:
        files = fingerprint(self.root)
        if stamp(self.root) != now:
            return Look.SETTLING
        with self.store.begin() as session:
            before = newest_version(session)
            after = 0 if before is None else before.number
            self.notices.refused(session, f"{files}:{after}", found.faults)
        self._taken = now
        structlog.get_logger("content").error("content.refused", faults=len(found.faults))
        return Look.REFUSED


def journal_items(root: Path, library: Library) -> list[JournalItem]:
    """Return what a library says, as the journal takes it."""
    return [
        JournalItem(item.kind, item.item_id, item.language, item.fields, item.by)
        for item in snapshot(root, library.entries, library.history)
    ]
