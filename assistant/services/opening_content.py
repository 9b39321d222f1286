"""The content a service starts with: the folder's, or what last held together."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import structlog

from assistant.services.good_content import GoodContent
from knowledge.errors import ContentFaults
from knowledge.library import Library
from knowledge.stamp import stamp


@dataclass(frozen=True, slots=True)
class OpenedContent:
    """The library to start with.

    Attributes
    ----------
    root
        The folder it was read from.
    stamp
        Of the content folder when it was read; empty where a kept copy answers instead, so that
        the first look deals with the folder.
    """

    library: Library
    root: Path
    stamp: str


def open_content(root: Path, good: GoodContent, today: date) -> OpenedContent:
    """Load the content folder, or the copy kept of what last went live.

    Raises
    ------
    ContentFaults
        The folder does not hold together, and nothing was kept.
    """
    before = stamp(root)
    try:
        return OpenedContent(Library.load(root, today), root, before)
    except ContentFaults as found:
        kept = good.newest()
        if kept is None:
            raise
        structlog.get_logger("content").error("content.kept_answers", faults=len(found.faults))
        return OpenedContent(Library.load(kept, today), kept, "")
