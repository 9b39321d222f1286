"""Fees, holdings and requests for experts are said wholly in the reader's language."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

import knowledge
from assistant.replies.blocks import Block, Table
from assistant.replies.fees import FeePresenter
from assistant.replies.holdings import present_holdings
from assistant.replies.talk import present_request
from assistant.replies.templates import LANGUAGES, Language, Words
from assistant.services.experts import NotedRequest
from assistant.services.fees import Quoted
from assistant.services.holding import ClientHoldings
from crm.clients.holdings import open_holdings
from crm.clients.indicators import latest_indicators
from crm.clients.rights import open_client, visible_clients
from crm.employees import list_employees
from crm.store.engine import Store
from crm.terms import Role
from knowledge.content import read_content
from knowledge.errors import Fault
from knowledge.tariff import FeeQuery, Quote, quote
from knowledge.tariff.changes import changes
from knowledge.tariff.rows import Tariff
from knowledge.tariff.spans import Span

type TextsOf = Callable[[Sequence[Block]], Iterator[str]]

TODAY = date(2026, 11, 23)
AMOUNTS = (1, 300_000, 80_000_000, 10**12)
GRADES = dict(zip(AMOUNTS, (None, "standard", "gold", "private"), strict=True))


@pytest.fixture(scope="module")
def tariff() -> Tariff:
    content = Path(knowledge.__file__).parent / "content"
    faults: list[Fault] = []
    read = read_content(content, faults)
    assert not faults
    return read.tariff


def _quotes(tariff: Tariff) -> Iterator[Quoted]:
    """Return a quote of every row in force, for a tiny amount up to a huge one."""
    for row in (row for row in tariff.rows if row.valid(TODAY)):
        for amount in AMOUNTS:
            query = FeeQuery(
                service=row.service,
                client_kind=None if row.client_kind == "any" else row.client_kind,
                channel=None if row.channel == "any" else row.channel,
                amount_fen=amount,
                currency=row.currency,
                quantity=2,
                span=Span.of_months(TODAY, 5),
                grade=GRADES[amount],
                on=TODAY,
            )
            answer = quote(tariff, query)
            if isinstance(answer, Quote):
                yield Quoted(answer, changes(tariff, answer))


def test_every_fee_is_said_in_english_alone(
    words: Words, tariff: Tariff, texts_of: TextsOf, chinese: re.Pattern[str]
) -> None:
    presenter = FeePresenter(words, "en", tariff)
    quotes = list(_quotes(tariff))
    assert len(quotes) > len(AMOUNTS) * len(tariff.services)
    for answer in quotes:
        for text in texts_of(presenter.quote(answer, TODAY)):
            assert not chinese.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fee_names_its_tariff_row(
    words: Words, tariff: Tariff, texts_of: TextsOf, language: Language
) -> None:
    presenter = FeePresenter(words, language, tariff)
    for answer in _quotes(tariff):
        told = "\n".join(texts_of(presenter.quote(answer, TODAY)))
        assert answer.quote.row.row_id in told


def test_every_holding_is_said_in_english_alone(
    words: Words, sample_store: Store, texts_of: TextsOf, chinese: re.Pattern[str]
) -> None:
    with sample_store.read() as session:
        manager = list_employees(session, Role.MANAGER)[0]
        seen = visible_clients(session, manager)
        assert seen
        for name in seen:
            client = open_client(session, manager, name.client_id)
            held = tuple(open_holdings(session, client.client_id, TODAY))
            answer = ClientHoldings(client, held, latest_indicators(session, client.client_id))
            for text in texts_of(present_holdings(words, "en", answer, TODAY)):
                assert not chinese.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_names_each_field_of_an_expert_once(
    words: Words, sample_store: Store, chinese: re.Pattern[str], language: Language
) -> None:
    """The bank's records hold a field in both languages; a reader sees it in one."""
    with sample_store.read() as session:
        experts = tuple(list_employees(session, Role.EXPERT))
    assert experts
    *_, table = present_request(words, language, NotedRequest(1, "A letter of credit", experts))
    assert isinstance(table, Table)
    for _name, fields, _branch in table.rows:
        parts = re.split("、|, ", fields)
        assert len(set(parts)) == len(parts)
        assert all(bool(chinese.search(part)) == (language == "zh") for part in parts)
