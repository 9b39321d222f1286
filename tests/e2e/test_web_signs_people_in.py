"""People get in the way their bank provides, and get out again."""

import re
from typing import Any

from playwright.sync_api import Page, expect


def test_demo_lists_sample_employees_and_finds_them_by_branch(visits: Any) -> None:
    """The list is labelled as a sample, and a search narrows it until Enter chooses."""
    page = visits.open()
    expect(page.locator("#signin-lead")).to_contain_text("示例")
    expect(page.locator(".employee")).to_have_count(9)
    page.locator("#signin-search").fill("江湾")
    expect(page.locator(".employee")).to_have_count(4)
    page.locator("#signin-search").fill("E0041")
    page.keyboard.press("Enter")
    expect(page.locator("#person-name")).to_have_text("何远舟")
    expect(page.locator("#greeting")).to_contain_text("何远舟")


def test_search_without_result_says_so(visits: Any) -> None:
    """An empty list explains itself."""
    page = visits.open()
    page.locator("#signin-search").fill("不存在")
    expect(page.locator("#signin-none")).to_be_visible()


def test_without_demo_the_portal_signs_people_in(visits: Any, service: Any) -> None:
    """No list is shown; the portal's proof opens the chat and leaves the address bar."""
    service.order(demo=False)
    page = visits.open()
    expect(page.locator("#signin-lead")).to_contain_text("行内门户")
    expect(page.locator(".employee")).to_have_count(0)
    vouched = visits.open("/#assertion=portal:E0002")
    expect(vouched.locator("#person-name")).to_have_text("李文博")
    assert "assertion" not in vouched.url


def test_a_proof_that_is_refused_shows_the_service_s_reason(visits: Any, service: Any) -> None:
    """The person reads why, in their language."""
    service.order(demo=False)
    page = visits.open("/#assertion=portal:E9999")
    expect(page.locator("#signin-message")).to_have_text("门户没有为您担保，请重新进入。")


def test_an_ended_session_asks_again_and_keeps_the_typed_text(page: Page, service: Any) -> None:
    """A text sent into an ended session is back in the box after signing in again."""
    page.locator("#input").fill("还没发出去的话")
    service.order(expire=True)
    page.keyboard.press("Enter")
    expect(page.locator("#signin-message")).to_contain_text("登录已过期")
    page.get_by_role("button", name="王敏").click()
    expect(page.locator("#input")).to_have_value("还没发出去的话")
    expect(page.locator(".message")).to_have_count(0)


def test_a_draft_survives_a_reload_and_is_nobody_else_s(page: Page) -> None:
    """What 王敏 typed is there after a reload, and not for the next person in the same tab."""
    page.locator("#input").fill("草稿")
    page.reload()
    expect(page.locator("#input")).to_have_value("草稿")
    page.evaluate("() => sessionStorage.removeItem('session')")
    page.reload()
    page.get_by_role("button", name="李文博").click()
    expect(page.locator("#input")).to_have_value("")


def test_signing_out_leaves_nothing_of_the_conversation(page: Page) -> None:
    """After signing out the next person sees their own, empty page."""
    page.locator("#input").fill("只给王敏看的问题")
    page.locator("#sign-out").click()
    expect(page.locator("#chat")).to_be_hidden()
    page.get_by_role("button", name="李文博").click()
    expect(page.locator("#greeting")).to_have_text(re.compile("李文博"))
    expect(page.locator("#input")).to_have_value("")
