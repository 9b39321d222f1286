"""The queue of open questions and the figures of the loop, for the command line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

from assistant.replies.blocks import Block, Heading, Source, Table, Text
from assistant.replies.gap_figures import present_figures
from assistant.replies.gaps import GapPresenter
from assistant.replies.templates import Language, Words
from assistant.running.errors import StoreUnusable
from assistant.running.gap_plot import draw
from assistant.services.gaps.listing import gap_queue
from assistant.settings import Settings
from crm.errors import StoreError, StoreNotMigrated
from crm.gaps.figures import gap_figures
from crm.gaps.queue import OpenGap, open_gaps
from crm.store import migrate
from crm.store.engine import Store, create_store


class GapReport:
    """Prints to a terminal what a knowledge owner sees in the chat.

    Parameters
    ----------
    zone
        Time zone of the dates shown.
    """

    def __init__(
        self, store: Store, words: Words, language: Language, zone: tzinfo, console: Console
    ) -> None:
        self._store = store
        self._words = words
        self._language: Language = language
        self._zone = zone
        self._console = console

    def queue(self, now: datetime) -> None:
        """Print the open questions, those most people asked first."""
        with self._store.read() as session:
            found = gap_queue(session, now)
        presenter = GapPresenter(self._words, self._language, self._zone)
        self._print(presenter.queue(found, shown=len(found.gaps)))

    def figures(self, now: datetime, days: int, picture: Path | None = None) -> None:
        """Print the figures of the last days, and draw them where a file is named."""
        with self._store.read() as session:
            figures = gap_figures(session, now, now - timedelta(days=days))
        self._print(present_figures(self._words, self._language, figures, days))
        if picture is not None:
            draw(figures, self._words, self._language, picture)
            said = self._words.say(self._language, "gaps.plotted", path=picture)
            self._console.print(said, markup=False, highlight=False)

    def _print(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._console.print(_table(block))
            elif isinstance(block, Heading | Text | Source):
                self._console.print(block.text, markup=False, highlight=False)


@contextmanager
def store_in_use(settings: Settings) -> Iterator[Store]:
    """Open the store of an installation, and close it again.

    Raises
    ------
    StoreUnusable
        It cannot be opened, or its tables are of another version.
    """
    try:
        if not migrate.check(settings.store_url):
            raise StoreNotMigrated
        store = create_store(settings.store_url)
    except StoreError as unusable:
        raise StoreUnusable(why=str(unusable)) from unusable
    try:
        yield store
    finally:
        store.close()


def queue_as_data(store: Store) -> list[dict[str, object]]:
    """Return the open questions as plain data, for other programs."""
    with store.read() as session:
        return [_as_data(gap) for gap in open_gaps(session)]


def _as_data(gap: OpenGap) -> dict[str, object]:
    return {
        "gap": gap.gap_id,
        "wording": gap.wording,
        "language": gap.language,
        "askers": gap.askers,
        "asks": gap.asks,
        "owner": gap.owner_id,
        "first_asked": gap.first_asked.isoformat(),
        "due_at": gap.due_at.isoformat(),
    }


def _table(block: Table) -> RichTable:
    made = RichTable(title=block.caption or None, title_justify="left")
    for column in block.columns:
        made.add_column(column.label, justify=column.align)
    for row in block.rows:
        made.add_row(*row)
    return made
