"""A list as an Excel file: its table with numbers as numbers, and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod

from assistant.replies.blocks import Block, File, Text
from assistant.replies.client_lists import ClientListPresenter
from assistant.replies.holders import HolderPresenter
from assistant.replies.penetration import penetration_columns
from assistant.replies.plays import with_play
from assistant.replies.reasons import ReasonWords
from assistant.replies.roster import RosterPresenter
from assistant.replies.templates import Language, Words
from assistant.replies.workbook import AMOUNT, PERCENT, PLAIN, Cell, Sheet, workbook
from assistant.services.contacting import ContactList
from assistant.services.exporting import ExportedList
from assistant.services.holders import ProductHolders
from assistant.services.penetrating import PenetrationTable
from assistant.services.recommending import ClientProducts, ProductClients
from assistant.services.roster import ClientRoster

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FEN_PER_YUAN = 100


def present_export(words: Words, language: Language, exported: ExportedList) -> list[Block]:
    """Return the list as a file, with what it is."""
    table = _Tables(words, language).of(exported.found)
    employee = exported.employee
    name = employee.name_en if language == "en" else employee.name
    origin = (
        table.model,
        words.say(
            language,
            "exports.by",
            name=name,
            number=employee.employee_id,
            on=exported.on.isoformat(),
        ),
        words.say(language, "exports.care"),
    )
    sheet = Sheet(table.title, table.columns, table.formats, table.rows, origin)
    file = File(workbook(sheet), f"{table.title}-{exported.on:%Y%m%d}.xlsx", _MEDIA_TYPE)
    said = words.say(language, "exports.done", title=table.title, count=len(table.rows))
    return [Text(said), file]


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    columns: Sequence[str]
    formats: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    model: str


class _Tables:
    """Makes a table of numbers and words of each kind of list."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language
        self._lists = ClientListPresenter(words, language)

    @singledispatchmethod
    def of(self, found: object) -> _Table:
        """Return a list as a table."""
        raise TypeError(found)

    @of.register
    def _clients(self, found: ProductClients) -> _Table:
        told = ReasonWords(self._words, self._language, found.products, found.terms)
        rows: list[list[Cell]] = []
        for entry in found.entries:
            one = entry.suggestion
            client = found.clients[one.client_id]
            rows.append(
                [
                    one.rank,
                    one.client_id,
                    self._lists.client(client),
                    one.chance,
                    one.chance * entry.value / _FEN_PER_YUAN,
                    one.peer_share,
                    self._reasons(entry.play, found.play_names, told.main(one.reasons)),
                ]
            )
        return _Table(
            self._say("title_clients", product=told.product(found.product.product_id)),
            self._labels("columns_clients"),
            (PLAIN, PLAIN, PLAIN, PERCENT, AMOUNT, PERCENT, PLAIN),
            rows,
            told.model(found.model_version, found.trained_at),
        )

    @of.register
    def _holders(self, found: ProductHolders) -> _Table:
        holders = HolderPresenter(self._words, self._language)
        rows: list[list[Cell]] = [
            [rank, entry.client.client_id, holders.client(entry), *holders.cells(found, entry)]
            for rank, entry in enumerate(found.entries, start=1)
        ]
        return _Table(
            self._words.say(self._language, "holders.title", product=holders.product(found)),
            [column.label for column in holders.columns(found, "columns_export")],
            [PLAIN] * len(holders.columns(found, "columns_export")),
            rows,
            holders.counted(found),
        )

    @of.register
    def _roster(self, found: ClientRoster) -> _Table:
        roster = RosterPresenter(self._words, self._language)
        rows: list[list[Cell]] = [
            [
                *(rank, entry.client.client_id, roster.client(entry)),
                *roster.kind_and_grade(entry),
                "" if entry.deposit_average is None else entry.deposit_average / 100,
                entry.products,
                *roster.manager(found, entry),
            ]
            for rank, entry in enumerate(found.entries, start=1)
        ]
        columns = roster.columns(found, "columns_export")
        return _Table(
            roster.title(found),
            [column.label for column in columns],
            [*[PLAIN] * 5, AMOUNT, *[PLAIN] * (len(columns) - 6)],
            rows,
            roster.counted(found),
        )

    @of.register
    def _products(self, found: ClientProducts) -> _Table:
        told = ReasonWords(self._words, self._language, found.products, found.terms)
        answer = found.recommendation
        rows: list[list[Cell]] = [
            [
                one.rank,
                told.product(one.product_id),
                found.chances.get(one.product_id, 0.0),
                one.peer_share,
                self._reasons(
                    found.plays.get(one.product_id), found.play_names, told.main(one.reasons)
                ),
                "",
            ]
            for one in answer.suggestions
        ]
        rows += [
            ["", told.product(stop.product_id), "", "", told.rule(stop), told.lifting(stop)]
            for stop in answer.held_back
        ]
        client = f"{self._lists.client(found.client)} {found.client.client_id}"
        return _Table(
            self._say("title_products", client=client),
            self._labels("columns_products"),
            (PLAIN, PLAIN, PERCENT, PERCENT, PLAIN, PLAIN),
            rows,
            told.model(answer.model_version, answer.trained_at),
        )

    @of.register
    def _contacts(self, found: ContactList) -> _Table:
        told = ReasonWords(self._words, self._language, found.products)
        rows: list[list[Cell]] = [
            [
                rank,
                one.action.client_id,
                self._lists.client(found.clients[one.action.client_id]),
                told.product(one.action.product_id),
                one.action.chance,
                one.action.chance * one.action.value / _FEN_PER_YUAN,
                self._reasons(one.play, found.play_names, told.main(one.suggestion.reasons)),
            ]
            for rank, one in enumerate(found.contacts, start=1)
        ]
        return _Table(
            self._say("title_book"),
            self._labels("columns_book"),
            (PLAIN, PLAIN, PLAIN, PLAIN, PERCENT, AMOUNT, PLAIN),
            rows,
            told.model(found.card.version, found.card.trained_at),
        )

    @of.register
    def _penetration(self, found: PenetrationTable) -> _Table:
        told = ReasonWords(self._words, self._language, found.products)
        columns = penetration_columns(self._words, self._language)
        _, _, *labels = (column.label for column in columns)
        product, *counts = self._labels("columns_penetration")
        rows: list[list[Cell]] = [
            [
                told.product(row.product_id),
                row.holders,
                row.eligible,
                row.share,
                row.open,
                round(row.expected_sales, 1),
                row.expected_value / _FEN_PER_YUAN,
            ]
            for row in found.rows
        ]
        return _Table(
            self._say("title_penetration"),
            (product, *counts, *labels),
            (PLAIN, PLAIN, PLAIN, PERCENT, PLAIN, PLAIN, AMOUNT),
            rows,
            told.model(found.card.version, found.card.trained_at),
        )

    def _reasons(
        self, play: str | None, names: Mapping[str, Mapping[str, str]], reasons: str
    ) -> str:
        return with_play(self._words, self._language, play, names, reasons)

    def _labels(self, table: str) -> tuple[str, ...]:
        return tuple(self._words.labels(self._language, f"exports.{table}").values())

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"exports.{name}", **values)
