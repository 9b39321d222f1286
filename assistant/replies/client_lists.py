"""Lists of clients: whom to call about a product, and whom to contact first, as blocks."""

from assistant.names import Intent
from assistant.replies.blocks import (
    Block,
    Choice,
    Choices,
    Column,
    Details,
    Heading,
    Note,
    Source,
    Table,
)
from assistant.replies.buttons import payload
from assistant.replies.client_names import client_name, ranked_client
from assistant.replies.money import chance, share, yuan
from assistant.replies.outcomes import Offer, outcome_buttons
from assistant.replies.plays import with_play
from assistant.replies.reasons import ReasonWords
from assistant.replies.templates import Language, Words
from assistant.services.contacting import Contact, ContactList
from assistant.services.recommending import ProductClients, RankedClient
from crm.clients.rights import Client

_RIGHT = frozenset({"chance", "value", "share", "count"})


class ClientListPresenter:
    """Says lists of clients in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def for_product(self, answer: ProductClients) -> list[Block]:
        """Return the asker's own clients for a product, the most expected value first."""
        told = ReasonWords(self._words, self._language, answer.products, answer.terms)
        product = told.product(answer.product.product_id)
        blocks: list[Block] = [
            Heading(self._words.say(self._language, "recommend.clients_heading", product=product))
        ]
        if answer.entries:
            blocks.append(Table(self.columns("clients_columns"), self.rows(answer)))
            blocks.append(Source(self._say("chance_and_value")))
            blocks += self._left_out(answer.hopeless, answer.hopeless_below)
        else:
            blocks.append(Note(self._words.say(self._language, "recommend.clients_none")))
        if answer.held_back and not answer.first:
            blocks.append(self._held_back(told, answer))
        blocks.append(Source(told.model(answer.model_version, answer.trained_at)))
        if answer.total > answer.first + len(answer.entries):
            more = payload(Intent.SHOW_MORE, more="clients", product_id=answer.product.product_id)
            title = self._words.say(self._language, "recommend.clients_more")
            blocks.append(Choices([Choice(title, more)]))
        offers = [
            Offer(
                entry.suggestion.client_id,
                answer.product.product_id,
                self.client(answer.clients[entry.suggestion.client_id]),
            )
            for entry in answer.entries
        ]
        return [*blocks, *outcome_buttons(self._words, self._language, offers)]

    def rows(self, answer: ProductClients) -> list[list[str]]:
        """Return the rows of a product's list."""
        told = ReasonWords(self._words, self._language, answer.products, answer.terms)
        return [self._row(told, answer, entry) for entry in answer.entries]

    def contact_first(self, answer: ContactList) -> list[Block]:
        """Return whom to contact first, one action a client."""
        told = ReasonWords(self._words, self._language, answer.products)
        blocks: list[Block] = [Heading(self._say("contact_heading", count=len(answer.contacts)))]
        if answer.contacts:
            blocks.append(Table(self.columns("contact_columns"), self.contact_rows(answer)))
            blocks.append(Source(self._say("chance_and_value")))
            spread = self._say(
                "contact_spread",
                most=answer.worklist.most_of_one_product,
                set_back=answer.worklist.set_back,
                resting=answer.resting,
                days=answer.rest_days,
            )
            blocks.append(Note(spread))
            blocks += self._left_out(answer.worklist.hopeless, answer.hopeless_below)
        else:
            blocks.append(Note(self._say("contact_none", resting=answer.resting)))
        blocks.append(Source(told.model(answer.card.version, answer.card.trained_at)))
        offers = [
            Offer(
                contact.action.client_id,
                contact.action.product_id,
                self._say(
                    "contact_pair",
                    client=self.client(answer.clients[contact.action.client_id]),
                    product=told.product(contact.action.product_id),
                ),
            )
            for contact in answer.contacts
        ]
        return [*blocks, *outcome_buttons(self._words, self._language, offers)]

    def contact_rows(self, answer: ContactList) -> list[list[str]]:
        """Return the rows of the list of whom to contact first."""
        told = ReasonWords(self._words, self._language, answer.products)
        return [
            self._contact_row(told, answer, contact, rank)
            for rank, contact in enumerate(answer.contacts, start=1)
        ]

    def columns(self, table: str) -> list[Column]:
        """Return the columns of a table of this module."""
        labels = self._words.labels(self._language, f"advice.{table}")
        return [
            Column(label, "right" if code in _RIGHT else "left") for code, label in labels.items()
        ]

    def client(self, client: Client) -> str:
        """Return a client's name in the reader's language."""
        return client_name(self._language, client)

    def _row(self, told: ReasonWords, answer: ProductClients, entry: RankedClient) -> list[str]:
        found = entry.suggestion
        return [
            self._ranked(found.rank, answer.clients[found.client_id]),
            chance(found.chance, self._language),
            yuan(found.chance * entry.value, self._language),
            share(found.peer_share, self._language),
            with_play(
                self._words,
                self._language,
                entry.play,
                answer.play_names,
                told.main(found.reasons),
            ),
        ]

    def _contact_row(
        self, told: ReasonWords, answer: ContactList, contact: Contact, rank: int
    ) -> list[str]:
        action = contact.action
        reasons = told.main(contact.suggestion.reasons)
        return [
            self._ranked(rank, answer.clients[action.client_id]),
            told.product(action.product_id),
            chance(action.chance, self._language),
            yuan(action.chance * action.value, self._language),
            with_play(self._words, self._language, contact.play, answer.play_names, reasons),
        ]

    def _ranked(self, rank: int, client: Client) -> str:
        return ranked_client(self._words, self._language, rank, client)

    def _left_out(self, hopeless: int, below: float) -> list[Block]:
        if not hopeless:
            return []
        said = self._say("hopeless", count=hopeless, below=chance(below, self._language))
        return [Source(said)]

    def _held_back(self, told: ReasonWords, answer: ProductClients) -> Details:
        rows = [
            [told.stopped(rule), told.lift(rule), str(count)]
            for rule, count in answer.held_back.items()
        ]
        table = Table(self.columns("held_back_columns"), rows)
        count = sum(answer.held_back.values())
        summary = self._words.say(self._language, "recommend.clients_held_back", count=count)
        return Details(summary, [table])

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"advice.{name}", **values)
