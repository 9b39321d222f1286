"""Questions go out, answers come back as what they are, and stay."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import wait_until_said, watch

FEE = "对公柜台跨行转账 80 万手续费"


def ask(page: Page, text: str) -> None:
    answers = page.locator(".message.assistant")
    before = answers.count()
    page.locator("#input").fill(text)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)


def test_every_block_of_an_answer_is_shown(page: Page) -> None:
    """Figure, table, note, details, source and buttons each have their place."""
    ask(page, FEE)
    answer = page.locator(".message.assistant")
    expect(answer.locator(".figure-value")).to_have_text("¥20.00")
    expect(answer.locator("tbody tr")).to_have_count(5)
    expect(answer.locator("td.right").first).to_have_css("text-align", re.compile("end|right"))
    expect(answer.locator(".note strong")).to_have_text("¥14.00")
    expect(answer.locator(".source")).to_contain_text("示例数据")
    expect(answer.locator("details ol")).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator("details li")).to_have_count(3)


def test_markup_in_an_answer_stays_text(page: Page) -> None:
    """A reply cannot bring elements of its own."""
    ask(page, "说 <b>")
    expect(page.locator(".sheet .text")).to_have_text(re.compile(r"<img src=x .*<b>不是粗体</b>"))
    expect(page.locator(".sheet img")).to_have_count(0)


def test_a_pressed_button_is_marked_and_closes_its_group(page: Page, service: Any) -> None:
    """The choice is posted with its token, and no other of the group can follow."""
    ask(page, FEE)
    page.get_by_role("button", name="企业网银呢").click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator(".choice.chosen")).to_have_text(re.compile("企业网银呢"))
    expect(page.locator(".choice:enabled")).to_have_count(0)
    assert service.posts()[-1]["button"] == "b-ebank"
    page.reload()
    expect(page.locator(".choice.chosen")).to_have_text(re.compile("企业网银呢"))
    expect(page.locator(".choice:enabled")).to_have_count(0)


def test_a_press_in_another_tab_closes_the_buttons_here(page: Page, visits: Any) -> None:
    """Two tabs of one person show the same state of a card."""
    ask(page, FEE)
    other = visits.open()
    other.get_by_role("button", name="王敏").click()
    other.get_by_role("button", name="有什么减免").click()
    expect(page.locator(".choice.chosen")).to_have_text(re.compile("有什么减免"))
    expect(page.locator(".message.user")).to_have_count(2)


def test_a_reload_keeps_the_conversation(page: Page) -> None:
    """History comes from the service, in order and once."""
    ask(page, FEE)
    ask(page, "开网银要什么材料")
    page.reload()
    expect(page.locator(".message.user .bubble")).to_have_text([FEE, "开网银要什么材料"])
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator("#welcome")).to_be_hidden()


def test_older_messages_come_when_scrolling_up(visits: Any, service: Any) -> None:
    """Three pages of two days, each message once and in order, days apart."""
    service.order(history=120)
    page = visits.open()
    page.get_by_role("button", name="王敏").click()
    expect(page.locator(".message").last).to_be_in_viewport()
    expect(page.locator(".message")).to_have_count(50)
    for count in (100, 120):
        page.locator("#scroll").evaluate("box => { box.scrollTop = 0; }")
        expect(page.locator(".message")).to_have_count(count)
    shown = page.locator(".message").evaluate_all("nodes => nodes.map((n) => Number(n.dataset.id))")
    assert shown == list(range(1, 121))
    days = page.locator(".day").evaluate_all("nodes => nodes.map((n) => n.dataset.day)")
    assert days == sorted(set(days))
    assert len(days) == 3
    expect(page.locator("#earlier")).to_be_hidden()


def test_suggestions_of_an_empty_chat_are_sent_when_pressed(page: Page) -> None:
    """Five questions to start from; one press asks."""
    expect(page.locator(".suggestion")).to_have_count(5)
    page.locator(".suggestion").first.click()
    expect(page.locator(".figure-value")).to_be_visible()
    expect(page.locator("#welcome")).to_be_hidden()


def test_an_answer_copies_as_plain_text(page: Page) -> None:
    """Bold marks are gone, table cells are parted by tabs."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, FEE)
    copy = page.locator(".action-copy")
    watch(copy)
    copy.click()
    wait_until_said(page, "已复制")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "跨行转账 80 万元  ¥20.00" in copied
    assert "50 万元以上至 100 万元\t¥20.00\t¥14.00" in copied
    assert "**" not in copied


def test_work_in_progress_is_shown_and_comforted(page: Page, service: Any) -> None:
    """Dots soon, other words after four seconds, nothing once the answer is there."""
    service.order(hold=True)
    watch(page.locator("#working-text"))
    page.locator("#input").fill(FEE)
    page.keyboard.press("Enter")
    wait_until_said(page, "正在查…")
    wait_until_said(page, "仍在处理")
    expect(page.locator("#working")).to_be_visible()
    service.order(hold=False)
    expect(page.locator(".figure-value")).to_be_visible()
    expect(page.locator("#working")).to_be_hidden()
