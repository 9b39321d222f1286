"""The content that comes with the project is sound and found by its own words."""

from datetime import date
from pathlib import Path

import pytest

import knowledge
from knowledge.check import check
from knowledge.library import Library
from knowledge.tariff import FeeQuery, Quote, quote

CONTENT = Path(knowledge.__file__).parent / "content"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(CONTENT, TODAY)


def test_it_has_no_faults() -> None:
    assert check(CONTENT) == ()


def test_nearly_every_question_written_down_finds_its_entry_first(library: Library) -> None:
    right, found, asked = 0, 0, 0
    for entry in library.entries:
        for question in entry.questions:
            result = library.search(question, entry.language, TODAY, "manager")
            asked += 1
            found += result.found
            right += bool(result.hits) and result.hits[0].entry.entry_id == entry.entry_id
    assert right / asked >= 0.98
    assert found / asked >= 0.98


@pytest.mark.parametrize(
    ("kind", "yuan", "fen"),
    [
        ("personal", 2000, 200),
        ("personal", 60000, 1800),
        ("personal", 900000, 5000),
        ("corporate", 10000, 500),
        ("corporate", 1500000, 3000),
        ("corporate", 99000000, 20000),
    ],
)
def test_the_guided_price_of_an_interbank_transfer(
    library: Library, kind: str, yuan: int, fen: int
) -> None:
    asked = FeeQuery(
        service="interbank_transfer",
        client_kind=kind,
        channel="counter",
        amount_fen=yuan * 100,
        on=TODAY,
    )
    answer = quote(library.tariff, asked)
    assert isinstance(answer, Quote)
    assert (answer.fee_fen, answer.guided) == (fen, True)


def test_every_service_is_recognised_by_its_own_names(library: Library) -> None:
    for service in library.services:
        for language in ("zh", "en"):
            for name in service.spoken(language):
                found = {match.service for match in library.match_service(name, language)}
                assert service.service in found, (service.service, name, found)
