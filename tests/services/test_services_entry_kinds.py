"""One matter, two kinds of client: asked back where neither is known, answered where one is."""

from datetime import date
from pathlib import Path

import pytest

import knowledge
from assistant.services.entry_kinds import KindSearch, chosen_by_words, of_kind
from assistant.services.question import Language, Memory, Pending, Question
from crm.employees import Employee
from crm.terms import Role
from knowledge.audience import Reader
from knowledge.library import Library
from knowledge.search.results import SearchResult

CONTENT = Path(knowledge.__file__).parent / "content"
TODAY = date(2026, 11, 23)
ASKER = Reader("manager", "B01")
EMPLOYEE = Employee("E1", "甲", "A", Role.MANAGER, "B01", "支行", "Branch", None, ())
CLOSE = {"corporate-account-close", "personal-account-close"}
OPEN = {"corporate-basic-account-open", "personal-account-open"}
EBANK = {"corporate-ebanking-open", "personal-ebanking-open"}
ABROAD = {"outward-remittance-corporate", "outward-remittance-personal"}
EITHER: list[tuple[str, Language, set[str]]] = [
    ("销户要什么材料", "zh", CLOSE),
    ("账户怎么关掉", "zh", CLOSE),
    ("开户要什么材料", "zh", OPEN),
    ("开户需要带什么", "zh", OPEN),
    ("怎么开通网银", "zh", EBANK),
    ("汇款到国外", "zh", ABROAD),
    ("closing an account: papers", "en", CLOSE),
    ("documents for closing an account", "en", CLOSE),
    ("what papers to open an account", "en", OPEN),
    ("how to open e-banking", "en", EBANK),
    ("how to send money abroad", "en", ABROAD),
]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load(CONTENT, TODAY)


def asked(text: str, language: Language, *options: str) -> Question:
    pending = Pending("procedure", "entry", options) if options else None  # type: ignore[arg-type]  # as a slot holds it
    return Question(EMPLOYEE, "c", "t", text, language, "", {}, Memory(pending=pending), TODAY)


def searched(library: Library, question: Question) -> tuple[KindSearch, SearchResult]:
    found = library.search(question.text, question.language, TODAY, ASKER)
    return KindSearch(library, question, ASKER), found


def ids(found: SearchResult, count: int) -> list[str]:
    return [hit.entry.entry_id for hit in found.hits[:count]]


@pytest.mark.parametrize(("text", "language", "entries"), EITHER)
def test_both_are_offered_where_the_kind_is_not_known(
    library: Library, text: str, language: Language, entries: set[str]
) -> None:
    search, found = searched(library, asked(text, language))
    settled = search.with_counterpart(found)
    assert settled.found
    assert settled.ambiguous
    assert entries <= set(ids(settled, settled.rivals))


@pytest.mark.parametrize("kind", ["corporate", "personal"])
@pytest.mark.parametrize(("text", "language", "entries"), EITHER)
def test_the_fitting_one_answers_where_the_clients_kind_is_known(
    library: Library, text: str, language: Language, entries: set[str], kind: str
) -> None:
    search, found = searched(library, asked(text, language))
    settled = search.for_kind(found, kind)
    assert settled.found
    [expected] = [name for name in entries if kind in name]
    assert expected in ids(settled, max(settled.rivals, 1))
    assert settled.hits[0].entry.client_kind == kind


@pytest.mark.parametrize(
    ("text", "language", "entry_id"),
    [
        ("个人销户要什么材料", "zh", "personal-account-close"),
        ("对公销户要什么材料", "zh", "corporate-account-close"),
        ("closing a company's account: papers", "en", "corporate-account-close"),
    ],
)
def test_the_kind_said_is_answered_straight(
    library: Library, text: str, language: Language, entry_id: str
) -> None:
    _, found = searched(library, asked(text, language))
    settled = of_kind(found, entry_id.split("-", maxsplit=1)[0])
    assert (ids(settled, 1), settled.ambiguous) == ([entry_id], False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("代发工资怎么办", "zh"),
        ("支票丢了", "zh"),
        ("怎么买基金", "zh"),
        ("手机银行怎么开通", "zh"),
        ("网银密码忘了", "zh"),
        ("how do we set up payroll for a firm", "en"),
        ("a cheque was lost", "en"),
    ],
)
def test_what_only_one_kind_has_is_answered_straight(
    library: Library, text: str, language: Language
) -> None:
    search, found = searched(library, asked(text, language))
    assert found.found
    assert search.with_counterpart(found) == found


@pytest.mark.parametrize(
    ("text", "language"), [("附近哪里有好吃的", "zh"), ("what is the weather today", "en")]
)
@pytest.mark.parametrize("kind", ["corporate", "personal", None])
def test_what_nothing_answers_stays_unanswered(
    library: Library, text: str, language: Language, kind: str | None
) -> None:
    search, found = searched(library, asked(text, language))
    settled = search.with_counterpart(found) if kind is None else search.for_kind(found, kind)
    assert not settled.found


@pytest.mark.parametrize(
    ("text", "language", "chosen"),
    [
        ("个人的", "zh", "personal-account-close"),
        ("对公", "zh", "corporate-account-close"),
        ("第二个", "zh", "personal-account-close"),
        ("personal please", "en", "personal-account-close"),
        ("the first one", "en", "corporate-account-close"),
        ("第三个", "zh", None),
        ("个人网银怎么开", "zh", None),
        ("谢谢", "zh", None),
    ],
)
def test_one_of_those_offered_is_picked_by_its_kind_or_place(
    library: Library, text: str, language: Language, chosen: str | None
) -> None:
    question = asked(text, language, "corporate-account-close", "personal-account-close")
    assert chosen_by_words(library, question) == chosen


def test_nothing_is_picked_where_nothing_was_offered(library: Library) -> None:
    assert chosen_by_words(library, asked("个人的", "zh")) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("卡丢了怎么办", "zh"),
        ("客户银行卡掉了", "zh"),
        ("客户卡不见了", "zh"),
        ("卡被偷了", "zh"),
        ("lost his card", "en"),
        ("my client's card is gone", "en"),
        ("card stolen", "en"),
    ],
)
def test_a_lost_card_in_everyday_words_is_found(
    library: Library, text: str, language: Language
) -> None:
    _, found = searched(library, asked(text, language))
    assert found.found
    assert ids(found, 1) == ["debit-card-loss-replacement"]
