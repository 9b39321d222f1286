"""A reader can say whether an answer helped, by mouse and keyboard, and it stays said."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Service, Visits, sign_in
from tests.e2e.test_web_shows_answers import FEE, ask


def thumb(page: Page, name: str) -> Locator:
    return page.locator(".message.assistant").last.get_by_role("button", name=name, exact=True)


def test_a_verdict_goes_to_the_answer_it_is_about(page: Page, service: Service) -> None:
    ask(page, FEE)
    ask(page, "开网银要什么材料")
    thumb(page, "没帮助").click()
    expect(thumb(page, "没帮助")).to_have_attribute("aria-pressed", "true")
    expect(thumb(page, "有帮助")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("已转给知识负责人")).to_be_visible()
    assert service.posts()[-1] == {"feedback": "down", "id": 4}


def test_a_verdict_can_be_changed_and_survives_a_reload(page: Page, service: Service) -> None:
    ask(page, FEE)
    thumb(page, "没帮助").click()
    expect(page.get_by_text("已转给知识负责人")).to_be_visible()
    thumb(page, "有帮助").click()
    expect(page.get_by_text("谢谢")).to_be_visible()
    page.reload()
    expect(thumb(page, "有帮助")).to_have_attribute("aria-pressed", "true")
    expect(thumb(page, "没帮助")).to_have_attribute("aria-pressed", "false")


def test_a_verdict_is_given_by_keyboard(page: Page, service: Service) -> None:
    ask(page, FEE)
    thumb(page, "有帮助").focus()
    page.keyboard.press("Tab")
    expect(thumb(page, "没帮助")).to_be_focused()
    page.keyboard.press("Space")
    expect(thumb(page, "没帮助")).to_have_attribute("aria-pressed", "true")


def test_a_verdict_that_was_not_kept_says_so_and_is_not_shown_as_kept(
    page: Page, service: Service
) -> None:
    ask(page, FEE)
    service.order(fail=["unavailable"])
    thumb(page, "没帮助").click()
    expect(page.get_by_text("没记下来，请再点一次")).to_be_visible()
    expect(thumb(page, "没帮助")).to_have_attribute("aria-pressed", "false")
    thumb(page, "没帮助").click()
    expect(thumb(page, "没帮助")).to_have_attribute("aria-pressed", "true")


def test_what_answers_no_question_cannot_be_judged(page: Page, service: Service) -> None:
    service.order(say="您 11-20 问的，现在有答案了")
    expect(page.locator(".message.assistant")).to_have_count(1)
    expect(page.locator(".verdict")).to_have_count(0)


def test_an_english_reader_is_asked_in_english(visits: Visits) -> None:
    page = visits.open(locale="en-GB")
    sign_in(page, "Wang Min")
    ask(page, "What papers do I need?")
    group = page.get_by_role("group", name="Was this answer helpful?")
    expect(group.get_by_role("button", name="Helpful", exact=True)).to_be_visible()
    group.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_text("Passed on to the knowledge owners")).to_be_visible()
