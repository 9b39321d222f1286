"""Nothing is lost or doubled when the connection or the service fails."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

FEE = "手续费"


def send(page: Page, text: str) -> None:
    page.locator("#input").fill(text)
    page.keyboard.press("Enter")


def ask_the_fee(page: Page) -> None:
    """Send the question and wait for its answer, so that what is ordered next meets the next."""
    send(page, FEE)
    expect(page.locator(".message.assistant")).to_have_count(1)


def test_after_a_drop_the_page_catches_up_without_doubles(page: Page, service: Any) -> None:
    """What was said meanwhile is there once the connection stands again, each once."""
    ask_the_fee(page)
    service.order(closed=True, say="断线时到的消息")
    expect(page.locator("#banner")).to_contain_text("正在重新连接")
    service.order(closed=False)
    expect(page.get_by_text("断线时到的消息")).to_have_count(1)
    expect(page.locator("#banner")).to_be_hidden()
    service.order(say="连上后到的消息")
    expect(page.get_by_text("连上后到的消息")).to_have_count(1)
    expect(page.locator(".message")).to_have_count(4)


def test_a_message_arrives_unasked(page: Page, service: Any) -> None:
    """An expert's answer or an alert shows without asking."""
    expect(page.locator("#welcome")).to_be_visible()
    service.wait_for_a_listener()
    service.order(say="专家已回复")
    expect(page.locator(".message.assistant")).to_have_text(re.compile("专家已回复"))
    expect(page.locator("#welcome")).to_be_hidden()


def test_a_passing_failure_is_retried_under_the_same_id(page: Page, service: Any) -> None:
    """Two refusals of the gateway cost the person nothing and double nothing."""
    service.order(fail=["unavailable"] * 2)
    send(page, FEE)
    expect(page.locator(".message.assistant")).to_have_count(1)
    expect(page.locator(".message.user")).to_have_count(1)
    posts = service.posts()
    assert len(posts) == 3
    assert len({post["message_id"] for post in posts}) == 1


def test_a_lasting_failure_is_told_and_sent_again_as_a_new_message(
    page: Page, service: Any
) -> None:
    """Three tries, then the reason and a button; the same text goes out under a new id."""
    service.order(fail=["unavailable"] * 3)
    send(page, FEE)
    expect(page.locator(".failure-reason")).to_have_text("暂时无法处理，请稍后再试。")
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator(".message.assistant")).to_have_count(1)
    expect(page.locator(".message.user")).to_have_count(1)
    posts = service.posts()
    assert [post["text"] for post in posts] == [FEE] * 4
    assert len({post["message_id"] for post in posts}) == 2


def test_a_button_that_did_not_get_through_may_be_pressed_again(page: Page, service: Any) -> None:
    """Trouble opens the card again, also when another message follows first."""
    ask_the_fee(page)
    service.order(fail=["internal"])
    page.get_by_role("button", name="企业网银呢").click()
    expect(page.locator(".failure")).to_be_visible()
    expect(page.locator(".choice:enabled")).to_have_count(2)
    send(page, "材料")
    expect(page.locator(".message.assistant")).to_have_count(2)
    expect(page.locator(".choice:enabled")).to_have_count(2)
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator(".message.assistant")).to_have_count(3)
    expect(page.locator(".choice.chosen")).to_have_text(re.compile("企业网银呢"))
    assert [post.get("button") for post in service.posts()] == [None, "b-ebank", None, "b-ebank"]


@pytest.mark.parametrize("code", ["button_spent", "button_rejected"])
def test_a_button_the_service_refuses_stays_closed(page: Page, service: Any, code: str) -> None:
    """It can never succeed, its words can: sending again sends them; nobody is signed out."""
    ask_the_fee(page)
    service.order(fail=[code])
    page.get_by_role("button", name="企业网银呢").click()
    expect(page.locator(".failure")).to_be_visible()
    expect(page.locator(".choice:enabled")).to_have_count(0)
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator(".message.assistant")).to_have_count(2)
    assert service.posts()[-1]["text"] == "企业网银呢"


def test_a_failed_answer_offers_the_question_again(page: Page, service: Any) -> None:
    """The question of that very turn goes out anew, and its button may be pressed again."""
    ask_the_fee(page)
    service.order(break_turns=1)
    page.get_by_role("button", name="企业网银呢").click()
    expect(page.locator(".assistant.failed")).to_be_visible()
    expect(page.locator(".choice:enabled")).to_have_count(2)
    page.reload()
    expect(page.locator(".choice:enabled")).to_have_count(2)
    page.locator(".assistant.failed").get_by_role("button", name="重新发送").click()
    expect(page.locator(".message.assistant")).to_have_count(3)
    posts = service.posts()
    assert posts[-1]["text"] == "企业网银呢"
    assert posts[-1]["message_id"] != posts[-2]["message_id"]


def test_messages_sent_in_haste_arrive_in_order(page: Page, service: Any) -> None:
    """Each waits for the one before; none is lost."""
    service.order(delay=0.2)
    texts = [f"第{n}句" for n in range(5)]
    for text in texts:
        send(page, text)
    expect(page.locator(".message.assistant")).to_have_count(5)
    assert [post["text"] for post in service.posts()] == texts
    expect(page.locator(".message.user .bubble")).to_have_text(texts)


def test_without_a_network_the_message_waits_in_plain_sight(page: Page) -> None:
    """Offline is said on the message itself; sending again works once back."""
    page.context.set_offline(True)
    send(page, FEE)
    expect(page.locator(".failure-reason")).to_contain_text("网络不通")
    page.context.set_offline(False)
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator(".figure-value")).to_be_visible()
