"""Who the asker's clients are, as blocks: how many of each kind first, then a page of them."""

from collections.abc import Mapping
from datetime import date

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Column, Heading, Source, Table, Text
from assistant.replies.buttons import payload
from assistant.replies.client_names import client_name, name_in, ranked_client
from assistant.replies.money import money
from assistant.replies.templates import Language, Words
from assistant.services.roster import ClientRoster
from crm.clients.roster import RosterEntry

_CURRENCY = "CNY"
_NUMBERS = ("deposits", "products")


class RosterPresenter:
    """Says who somebody's clients are in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def answer(self, found: ClientRoster, today: date) -> list[Block]:
        """Return the counts, the clients on this page, and what goes on from here."""
        blocks: list[Block] = [Heading(self.title(found)), Text(self.counted(found))]
        if found.entries:
            blocks.append(Table(self.columns(found), self._rows(found), self._caption(found)))
        elif found.first:
            blocks.append(Text(self._say("no_more")))
        blocks.append(Source(self._say("source", on=today.isoformat())))
        buttons = self._buttons(found)
        return [*blocks, Choices(buttons)] if buttons else blocks

    def title(self, found: ClientRoster) -> str:
        """Return whose clients these are, and which."""
        wanted = found.wanted
        return self._say(
            "title",
            branch=name_in(self._language, *found.branch),
            kind=self._label("kinds", wanted.kind),
            grade=self._label("grades", wanted.grade),
        )

    def counted(self, found: ClientRoster) -> str:
        """Return how many there are, of each kind and grade."""
        return self._say(
            "counted",
            total=found.total,
            kinds=self._shares("kinds", found.kinds),
            grades=self._shares("grades", found.grades),
        )

    def columns(self, found: ClientRoster, table: str = "columns") -> list[Column]:
        """Return the columns; whose client one is, only where there are several managers."""
        labels = self._words.labels(self._language, f"roster.{table}")
        return [
            Column(label, "right" if code in _NUMBERS else "left")
            for code, label in labels.items()
            if code != "manager" or found.managers
        ]

    def client(self, entry: RosterEntry) -> str:
        """Return a client's name in the reader's language."""
        return client_name(self._language, entry.client)

    def kind_and_grade(self, entry: RosterEntry) -> list[str]:
        """Return a client's kind and grade."""
        client = entry.client
        return [self._label("kinds", str(client.kind)), self._label("grades", str(client.grade))]

    def manager(self, found: ClientRoster, entry: RosterEntry) -> list[str]:
        """Return whose client it is, where that is said at all."""
        manager = found.managers.get(entry.client.manager_id)
        return [] if manager is None else [name_in(self._language, manager.name, manager.name_en)]

    def _rows(self, found: ClientRoster) -> list[list[str]]:
        return [
            [
                self._ranked(rank, entry),
                *self.kind_and_grade(entry),
                self._money(entry.deposit_average),
                str(entry.products),
                *self.manager(found, entry),
            ]
            for rank, entry in enumerate(found.entries, start=found.first + 1)
        ]

    def _ranked(self, rank: int, entry: RosterEntry) -> str:
        return ranked_client(self._words, self._language, rank, entry.client)

    def _money(self, fen: int | None) -> str:
        return self._say("unknown") if fen is None else money(fen, _CURRENCY, self._language)

    def _caption(self, found: ClientRoster) -> str:
        last = found.first + len(found.entries)
        return self._say("caption", first=found.first + 1, last=last, total=found.total)

    def _buttons(self, found: ClientRoster) -> list[Choice]:
        buttons = []
        if found.total > found.first + len(found.entries):
            buttons.append(Choice(self._say("more"), payload(Intent.SHOW_MORE, more="roster")))
        if found.total:
            buttons.append(Choice(self._say("export"), payload(Intent.EXPORT_LIST)))
        return buttons

    def _shares(self, table: str, counts: Mapping[str, int]) -> str:
        labels = self._words.labels(self._language, f"roster.{table}")
        told = [
            self._say("share", label=label, count=counts[code])
            for code, label in labels.items()
            if counts.get(code)
        ]
        return self._say("between").join(told)

    def _label(self, table: str, code: str) -> str:
        return self._words.label(self._language, f"roster.{table}", code) if code else ""

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"roster.{name}", **values)
