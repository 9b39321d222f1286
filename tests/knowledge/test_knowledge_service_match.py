"""The service asked about is recognised in free text, and price words alone name none."""

import csv
from pathlib import Path

import pytest

import knowledge
from knowledge.language import LANGUAGES, Language
from knowledge.reading.service_file import read_services
from knowledge.tariff import ServiceMatcher

with (Path(__file__).parent / "named_services.csv").open(encoding="utf-8", newline="") as _file:
    NAMED = list(csv.DictReader(_file))


@pytest.fixture
def matcher(content_root: Path) -> ServiceMatcher:
    return ServiceMatcher(read_services(content_root, []))


@pytest.mark.parametrize(
    ("text", "language", "service", "named"),
    [
        ("个人跨行转账6万手续费多少", "zh", "interbank", "跨行转账"),
        ("跨行汇5万收多少", "zh", "interbank", "跨行汇"),
        ("他行轉帳要錢嗎", "zh", "interbank", "他行轉帳"),
        ("跨 行 转 账 收费", "zh", "interbank", "跨 行 转 账"),
        ("跨航转账收费", "zh", "interbank", "跨航转账"),
        ("跨行给客户转账5万", "zh", "interbank", "跨行给客户转账"),
        ("支票挂失怎么收费", "zh", "cheque_loss", "支票挂失"),
        ("支票多少钱一张", "zh", "cheque", "支票"),
        ("Fee for an INTER-BANK transfer?", "en", "interbank", "INTER-BANK transfer"),
        ("wire 5000 to another bank", "en", "interbank", "wire 5000 to another bank"),  # words
        ("wire to anothr bank fee", "en", "interbank", "wire to anothr bank"),
        ("letter of credit charge", "en", "credit_letter", "letter of credit"),
    ],
)
def test_a_service_is_recognised_where_it_stands(
    matcher: ServiceMatcher, text: str, language: Language, service: str, named: str
) -> None:
    best = matcher.match(text, language)[0]
    assert best.service == service
    if "5000" not in text:
        assert text[slice(*best.span)].strip() == named


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("手续费", "zh"),
        ("手续费多少", "zh"),
        ("收费标准", "zh"),
        ("今天天气怎么样", "zh"),
        ("", "zh"),
        ("what is the fee", "en"),
        ("how much", "en"),
        ("checkmate", "en"),
    ],
)
def test_price_words_and_other_matters_name_no_service(
    matcher: ServiceMatcher, text: str, language: Language
) -> None:
    assert matcher.match(text, language) == ()


def test_the_longest_name_wins_over_one_inside_it(matcher: ServiceMatcher) -> None:
    assert [match.service for match in matcher.match("支票工本费", "zh")] == ["cheque_form"]


def test_two_services_in_one_question_are_both_found(matcher: ServiceMatcher) -> None:
    found = matcher.match("现金汇款和跨行转账哪个贵", "zh")
    assert {match.service for match in found} == {"cash", "interbank"}


@pytest.fixture(scope="module")
def shipped() -> ServiceMatcher:
    return ServiceMatcher(read_services(Path(knowledge.__file__).parent / "content", []))


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case["text"][:40])
def test_a_shipped_service_is_known_in_other_words(
    shipped: ServiceMatcher, case: dict[str, str]
) -> None:
    """In any order, with slips, beside a channel; several where too little is said to tell."""
    for language in LANGUAGES:
        found = [match.service for match in shipped.match(case["text"], language)]
        assert found == [code for code in case["services"].split("|") if code]
