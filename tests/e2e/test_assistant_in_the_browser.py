"""A manager's morning in a real browser, against the real assistant."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conversations.people import Employee, People
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.talking import SCROLLS_SIDEWAYS, Shoot, ask, enter, picture_taker, press
from tests.support.installation import RunningAssistant

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 860}}
NEEDED = "{client} {client_en} {company} {company_en} {other_client_id}"

type Cast = tuple[Employee, Mapping[str, str]]


@pytest.fixture(scope="module")
def people(assistant: RunningAssistant) -> People:
    return People(assistant.store_path)


@pytest.fixture
def asker(people: People, request: pytest.FixtureRequest) -> Cast:
    """A manager for each test, so that none sees another's conversation."""
    return people.cast("manager", NEEDED, request.node.name)


@pytest.fixture
def visit(browser: Browser, assistant: RunningAssistant) -> Iterator[Callable[..., Page]]:
    """Open the chat page as a visitor; what the page complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(**visitor: Any) -> Page:
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **DESK}
        context = browser.new_context(base_url=assistant.url, **(usual | visitor))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/")
        return page

    expect.set_options(timeout=PATIENCE_MS)
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def shoot(tmp_path: Path) -> Shoot:
    return picture_taker(tmp_path)


def sign_in(page: Page, person: Employee, language: str = "zh") -> None:
    enter(page, person.name if language == "zh" else person.name_en)


def test_a_fee_is_asked_completed_by_buttons_and_quoted(
    visit: Callable[..., Page], asker: Cast, shoot: Shoot
) -> None:
    """Half a question is completed by two buttons and an amount, and the figure is right."""
    page = visit()
    shoot(page, "01-sign-in")
    sign_in(page, asker[0])
    shoot(page, "02-welcome")
    quoted = ask(page, "对公账户跨行柜台转账80万手续费多少")
    expect(quoted.locator(".figure-value")).to_have_text("¥20.00")
    expect(quoted.locator(".source")).to_contain_text("T002")
    shoot(page, "03-fee")
    ask(page, "算了")
    ask(page, "跨行转账手续费")
    press(page, "对公")
    shoot(page, "04-fee-by-buttons")
    press(page, "柜台")
    expect(ask(page, "80万").locator(".figure-value")).to_have_text("¥20.00")
    shoot(page, "05-fee-completed")


def test_products_are_shown_held_back_ones_opened_and_the_sum_explained(
    visit: Callable[..., Page], asker: Cast, shoot: Shoot
) -> None:
    """A list with reasons, what is held back behind a fold, and the sum behind a button."""
    person, names = asker
    page = visit()
    sign_in(page, person)
    listed = ask(page, f"给{names['client']}推荐产品")
    expect(listed.locator("table").first.locator("tbody tr")).to_have_count(5)
    expect(listed.locator("details table")).to_be_hidden()
    shoot(page, "06-products")
    listed.locator("summary").first.click()
    expect(listed.locator("details table")).to_be_visible()
    shoot(page, "07-held-back")
    explained = press(page, "为什么是")
    expect(explained).to_contain_text("合计")
    shoot(page, "08-why")
    ask(page, f"{names['company']}名下有哪些产品")
    shoot(page, "09-holdings")
    ask(page, "哪些客户适合推广国债")
    shoot(page, "10-clients")
    refused = ask(page, f"给{names['other_client_id']}推荐产品")
    expect(refused.locator("table")).to_have_count(0)
    shoot(page, "11-refused")


def test_the_conversation_goes_on_in_english_and_outlives_a_reload(
    visit: Callable[..., Page], asker: Cast, shoot: Shoot
) -> None:
    """The page changes language at once, answers follow the question, and history stays."""
    person, names = asker
    page = visit()
    sign_in(page, person)
    ask(page, "网上企业银行怎么开通，要准备什么材料")
    shoot(page, "12-procedure")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    listed = ask(page, f"what should I offer {names['client_en']}?")
    expect(listed).to_contain_text(f"Products for {names['client_en']}")
    shoot(page, "13-english-products")
    expect(press(page, "Why")).to_contain_text("Sum (score)")
    shoot(page, "14-english-why")
    before = page.locator(".message").count()
    page.reload()
    expect(page.locator(".message")).to_have_count(min(before, 50))  # a page of the history
    expect(page.locator("#input")).to_have_attribute("aria-label", "Your question")
    shoot(page, "15-after-reload")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_shows_every_answer_without_scrolling_sideways(
    visit: Callable[..., Page],
    asker: Cast,
    shoot: Shoot,
    language: str,
) -> None:
    """Quotes, product lists, sums and client lists fit the width of a phone."""
    person, names = asker
    page = visit(locale="zh-CN" if language == "zh" else "en-US", **PHONE)
    sign_in(page, person, language)
    shoot(page, f"20-phone-{language}-welcome")
    questions = {
        "zh": [
            "个人账户跨行柜台转账6万手续费多少",
            f"给{names['company']}推荐产品",
            "为什么",
            "哪些客户适合推广国债",
            "网上企业银行怎么开通，要准备什么材料",
        ],
        "en": [
            "fee for a corporate counter transfer of 800,000 to another bank?",
            f"what should I offer {names['company_en']}?",
            "why?",
            "who should I call about treasury bonds?",
            "how does a company open online banking, and what papers are needed?",
        ],
    }
    for number, question in enumerate(questions[language], start=1):
        ask(page, question)
        assert not page.evaluate(SCROLLS_SIDEWAYS), question
        shoot(page, f"2{number}-phone-{language}")
