"""An answer opens as a page with its history, for who is signed in, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PATIENCE_MS, wait_until_said, watch
from tests.e2e.talking import SCROLLS_SIDEWAYS, Shoot, ask, enter, picture_taker, press
from tests.support.installation import RunningAssistant

ASKER = "E0009"


@pytest.fixture
def context(browser: Browser, assistant: RunningAssistant) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=assistant.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1180, "height": 900},
    )
    made.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def chat(context: BrowserContext) -> Page:
    """The chat page of a manager who has signed in."""
    page = context.new_page()
    page.goto("/")
    enter(page, ASKER)
    return page


@pytest.fixture
def shoot(tmp_path: Path) -> Shoot:
    return picture_taker(tmp_path, full_page=True)


def follow(chat: Page, answer: Locator, words: str) -> Page:
    """Follow a link of an answer into a page of its own."""
    with chat.expect_popup() as opened:
        answer.get_by_role("link", name=words).click()
    return opened.value


def test_an_entry_opens_from_its_answer_and_shows_who_changed_what(
    chat: Page, shoot: Shoot
) -> None:
    answer = ask(chat, "大额取现要带什么材料")
    expect(answer.get_by_text("现金支票（基本存款账户）")).to_be_visible()
    shoot(chat, "papers")
    page = follow(chat, answer, "打开这一项的页面和修改记录")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    expect(page.get_by_role("heading", level=1)).to_have_text("大额取现预约")
    expect(page.get_by_text("预约截止统一为前一工作日下午三点")).to_be_visible()
    expect(page.get_by_role("cell", name="陶静").first).to_be_visible()
    shoot(page, "entry-zh")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Booking a large cash withdrawal")
    expect(page.get_by_role("cell", name="Tao Jing").first).to_be_visible()
    shoot(page, "entry-en")
    page.set_viewport_size({"width": 390, "height": 844})
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    shoot(page, "entry-phone")
    assert complaints == []


def test_a_price_opens_with_the_prices_before_it(chat: Page, shoot: Shoot) -> None:
    answer = ask(chat, "2026年10月有哪些收费变了")
    expect(answer.get_by_text("收费有 1 项变化")).to_be_visible()
    shoot(chat, "changes")
    answer.get_by_text("打开变化后的收费页面").click()
    page = follow(chat, answer, "打开收费 T201 的页面和修改记录")
    expect(page.get_by_role("heading", level=1)).to_contain_text("T201")
    expect(page.get_by_role("cell", name="T064")).to_be_visible()
    expect(page.get_by_text("损坏或挂失补卡由每张5元改为免收")).to_be_visible()
    shoot(page, "tariff-zh")


def test_a_checklist_is_copied_without_internal_remarks(
    chat: Page, context: BrowserContext, shoot: Shoot
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(chat, "存款证明怎么开")
    block = press(chat, "可转发的清单").locator(".copyable")
    expect(block).to_contain_text("□ 存款证明申请书")
    shoot(chat, "forward")
    copy = block.get_by_role("button")
    watch(copy)
    copy.click()
    wait_until_said(chat, "已复制")
    copied = chat.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("【存款证明开具】办理须知")
    assert "空开" not in copied
    assert "分机" not in copied


def test_without_a_session_a_page_shows_nothing_but_where_to_sign_in(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto("/entries/large-cash-withdrawal")
    expect(page.get_by_text("请先在聊天页面登录")).to_be_visible()
    assert "现金" not in page.locator("main").inner_text()


def test_an_entry_for_leaders_is_told_as_missing(chat: Page) -> None:
    chat.goto("/entries/approve-consultation")
    expect(chat.get_by_text("没有这一页，或者它不对您的岗位开放")).to_be_visible()
    assert "专家" not in chat.locator("main").inner_text()
