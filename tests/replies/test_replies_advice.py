"""Penetration, acceptance, outcomes and exports: complete in both languages, numbers as numbers."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from assistant.replies.acceptance import present_acceptance
from assistant.replies.blocks import Block, Figure, File, Note, Picture
from assistant.replies.exports import present_export
from assistant.replies.penetration import present_penetration
from assistant.replies.plots import Bar, penetration_plot, writes_chinese
from assistant.replies.recorded import ask_outcome, present_recorded, present_taken_back
from assistant.replies.templates import LANGUAGES, Language, Words
from assistant.replies.workbook import AMOUNT, PERCENT, PLAIN, Sheet, workbook
from assistant.services.exporting import ExportedList
from assistant.services.outcomes import Draft, OutcomeFigures, Recorded, TakenBack
from assistant.services.penetrating import PenetrationTable
from assistant.services.question import OutcomeDetails
from assistant.services.recommending import ProductClients, RankedClient
from crm.employees import Employee
from crm.outcomes.reports import Acceptance, AcceptanceReport
from crm.outcomes.shares import Difference, Share
from crm.products import Product
from crm.terms import OutcomeKind, RefusalReason, Role
from recommender.book import Penetration
from recommender.gate_rules import Scope
from recommender.results import ClientSuggestion
from tests.replies.test_replies_recommendations import CARD, CLIENT, PLAYS, SUGGESTED

type TextsOf = Callable[[Sequence[Block]], Iterator[str]]

PNG = b"\x89PNG\r\n\x1a\n"


def employee(role: Role) -> Employee:
    return Employee("E0007", "孙富治", "Sun Fuzhi", role, "B01", "云汀支行", "Yunting", None, ())


def table(products: Mapping[str, Product], role: Role = Role.LEADER) -> PenetrationTable:
    rows = tuple(
        Penetration(name, 200, 20 + place, 90, 4.5, 12_345_00.0)
        for place, name in enumerate(list(products)[:15])
    )
    return PenetrationTable(employee(role), products, rows, 400, 0.01, CARD)


def figures(
    products: Mapping[str, Product], answers: int, uplift: Difference | None = None
) -> OutcomeFigures:
    row = Acceptance(SUGGESTED, Share(answers // 2, answers), 3, 2, 1)
    cut = (row, Acceptance(None, Share(1, 2), 0, 0, 0))
    report = AcceptanceReport(date(2026, 5, 1), row, cut, cut, cut, cut, uplift)
    people = {"E0007": employee(Role.LEADER)}
    return OutcomeFigures(employee(Role.LEADER), report, products, people, PLAYS)


def clients(products: Mapping[str, Product]) -> ProductClients:
    entry = ClientSuggestion(CLIENT.client_id, 0.25, 1, (), 0.42, 50, ())
    return ProductClients(
        products[SUGGESTED],
        products,
        {CLIENT.client_id: CLIENT},
        (RankedClient(entry, 12_000_00),),
        {},
        first=0,
        total=1,
        hopeless=0,
        hopeless_below=0.01,
        model_version="v1",
        trained_at=datetime(2026, 11, 2, tzinfo=UTC),
    )


def replies(
    words: Words, language: Language, products: Mapping[str, Product]
) -> Iterator[list[Block]]:
    product = products[SUGGESTED]
    for role in (Role.LEADER, Role.MANAGER):
        yield present_penetration(words, language, table(products, role))
    small, large = Share(1, 5), Share(30, 90)
    for uplift in (None, Difference(large, large), Difference(large, small)):
        yield present_acceptance(words, language, figures(products, 60, uplift))
    for kind, reason in (
        (OutcomeKind.SOLD, None),
        (OutcomeKind.REFUSED, None),
        (OutcomeKind.REFUSED, RefusalReason.TOO_RISKY),
        (OutcomeKind.WRONG_CLIENT, None),
    ):
        for scope in Scope:
            found = Recorded(7, CLIENT, product, kind, reason, date(2027, 1, 31), scope)
            yield present_recorded(words, language, found)
    yield present_taken_back(words, language, TakenBack(CLIENT, product, OutcomeKind.SOLD))
    yield present_taken_back(words, language, TakenBack(None, None, None))
    yield ask_outcome(words, language, Draft(OutcomeDetails(""), None, CLIENT, product))
    for listed in (table(products), clients(products)):
        exported = ExportedList(listed, employee(Role.MANAGER), date(2026, 11, 25))
        yield present_export(words, language, exported)


def test_english_replies_hold_no_chinese_characters(
    words: Words, products: Mapping[str, Product], texts_of: TextsOf, chinese: re.Pattern[str]
) -> None:
    for blocks in replies(words, "en", products):
        for text in texts_of(blocks):
            assert not chinese.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_shows_a_code(
    words: Words, products: Mapping[str, Product], language: Language, texts_of: TextsOf
) -> None:
    for blocks in replies(words, language, products):
        for text in texts_of(blocks):
            assert "_" not in text.replace(SUGGESTED, ""), text


def test_a_rate_is_stated_only_where_there_is_enough(
    words: Words, products: Mapping[str, Product]
) -> None:
    """Nineteen answers give counts and a plain word; twenty give a rate with its interval."""
    few = present_acceptance(words, "en", figures(products, 19))
    assert isinstance(few[1], Note)
    assert "too little" in few[1].text
    enough = present_acceptance(words, "en", figures(products, 20))
    assert isinstance(enough[1], Figure)
    assert enough[1].value == "50.0%"
    assert "95 % interval 29.9% to 70.1%" in enough[1].note


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plot_is_a_picture_with_every_character(
    words: Words, products: Mapping[str, Product], language: Language
) -> None:
    """A character that the font lacks would be a warning, and a warning fails this test."""
    [picture] = [
        block
        for block in present_penetration(words, language, table(products))
        if isinstance(block, Picture)
    ]
    assert picture.content.startswith(PNG)
    assert len(picture.content) < 200_000
    assert "10%" in picture.alt


def test_a_plot_without_a_chinese_font_is_drawn_in_english(
    words: Words, products: Mapping[str, Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.replies.penetration.writes_chinese", lambda: False)
    drawn: list[Sequence[Bar]] = []

    def keep(bars: Sequence[Bar], labels: Mapping[str, str]) -> bytes:
        drawn.append(bars)
        assert labels["held"].isascii()
        return PNG

    monkeypatch.setattr("assistant.replies.penetration.penetration_plot", keep)
    present_penetration(words, "zh", table(products))
    assert all(bar.label.isascii() for bar in drawn[0])


def test_the_same_figures_give_the_same_plot() -> None:
    bars, labels = [Bar("a", 0.2, 0.5)], {"held": "held", "open": "open", "axis": "share"}
    assert penetration_plot(bars, labels) == penetration_plot(bars, labels)
    assert isinstance(writes_chinese(), bool)


def test_an_export_holds_numbers_and_says_where_it_comes_from(
    words: Words, products: Mapping[str, Product]
) -> None:
    exported = ExportedList(clients(products), employee(Role.MANAGER), date(2026, 11, 25))
    [file] = [b for b in present_export(words, "zh", exported) if isinstance(b, File)]
    page = load_workbook(io.BytesIO(file.content)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    said = "\n".join(str(row[0]) for row in cells[:4])
    assert all(piece in said for piece in ("v1", "2026-11-02", "孙富治", "E0007", "2026-11-25"))
    assert cells[-1][:6] == [1, CLIENT.client_id, CLIENT.name, 0.25, 3_000.0, 0.42]
    assert file.name.endswith("-20261125.xlsx")


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@sum", "=HYPERLINK(0)"])
def test_no_name_becomes_a_formula(name: str) -> None:
    sheet = Sheet(name, ("a", "b", "c"), (PLAIN, PERCENT, AMOUNT), [(name, 0.5, 2.0)], (name,))
    page = load_workbook(io.BytesIO(workbook(sheet))).active
    texts = [cell for row in page.iter_rows() for cell in row if cell.value == name]
    assert len(texts) == 3
    assert all(cell.data_type == "s" for cell in texts)
