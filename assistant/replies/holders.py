"""Who holds a product, as blocks: how many first, then a page of them."""

from datetime import date

from assistant.names import Intent, Topic
from assistant.replies.blocks import Block, Choice, Choices, Column, Heading, Source, Table, Text
from assistant.replies.buttons import payload
from assistant.replies.client_names import client_name, name_in, ranked_client
from assistant.replies.templates import Language, Words
from assistant.services.holders import ProductHolders
from crm.clients.holders import Holder


class HolderPresenter:
    """Says who holds a product in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def answer(self, found: ProductHolders, today: date) -> list[Block]:
        """Return the count, the clients on this page, and what goes on from here."""
        blocks: list[Block] = [Heading(self._say("heading", product=self.product(found)))]
        blocks.append(Text(self.counted(found)))
        if found.entries:
            blocks.append(Table(self.columns(found), self._rows(found), self._caption(found)))
        elif found.first:
            blocks.append(Text(self._say("no_more")))
        blocks.append(Source(self._say("source", on=today.isoformat())))
        return [*blocks, Choices(self._buttons(found))]

    def counted(self, found: ProductHolders) -> str:
        """Return how many of how many hold it."""
        kind = found.product.client_kind
        return self._say(
            "counted",
            branch=name_in(self._language, *found.branch),
            count=found.total,
            clients=found.clients,
            lacking=found.lacking,
            kind=kind,
            product=self.product(found),
        )

    def columns(self, found: ProductHolders, table: str = "columns") -> list[Column]:
        """Return the columns; whose client one is, only where there are several managers."""
        labels = self._words.labels(self._language, f"holders.{table}")
        return [
            Column(label) for code, label in labels.items() if code != "manager" or found.managers
        ]

    def cells(self, found: ProductHolders, entry: Holder) -> list[str]:
        """Return what is said of one client beside the name."""
        client = entry.client
        manager = found.managers.get(client.manager_id)
        named = [] if manager is None else [name_in(self._language, manager.name, manager.name_en)]
        grade = self._words.label(self._language, "holdings.grades", client.grade)
        return [entry.since.isoformat(), grade, *named]

    def client(self, entry: Holder) -> str:
        """Return a client's name in the reader's language."""
        return client_name(self._language, entry.client)

    def product(self, found: ProductHolders) -> str:
        """Return the product's name in the reader's language."""
        product = found.product
        return product.name_zh if self._language == "zh" else product.name_en

    def _rows(self, found: ProductHolders) -> list[list[str]]:
        return [
            [self._ranked(rank, entry), *self.cells(found, entry)]
            for rank, entry in enumerate(found.entries, start=found.first + 1)
        ]

    def _ranked(self, rank: int, entry: Holder) -> str:
        return ranked_client(self._words, self._language, rank, entry.client)

    def _caption(self, found: ProductHolders) -> str:
        last = found.first + len(found.entries)
        return self._say("caption", first=found.first + 1, last=last, total=found.total)

    def _buttons(self, found: ProductHolders) -> list[Choice]:
        product_id = found.product.product_id
        buttons = []
        if found.total > found.first + len(found.entries):
            more = payload(Intent.SHOW_MORE, more="holders", product_id=product_id)
            buttons.append(Choice(self._say("more"), more))
        if found.total:
            buttons.append(Choice(self._say("export"), payload(Intent.EXPORT_LIST)))
        others = payload(Intent.CHOOSE_PRODUCT, product_id=product_id, topic=Topic.CLIENTS)
        return [*buttons, Choice(self._say("others"), others)]

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"holders.{name}", **values)
