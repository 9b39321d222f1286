"""Typing: keys do what people expect, and an input method is never interrupted."""

from typing import Any

from playwright.sync_api import Page, expect


def test_enter_that_ends_a_composition_does_not_send(page: Page, service: Any) -> None:
    """Choosing a candidate with Enter leaves the text in the box; the next Enter sends."""
    page.locator("#input").focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "shouxu", "selectionStart": 6, "selectionEnd": 6}
    )
    composing = {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", composing)
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown"} | enter)
    keyboard.send("Input.insertText", {"text": "手续费"})
    expect(page.locator("#input")).to_have_value("手续费")
    assert service.posts() == []
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(page.locator(".message.user .bubble")).to_have_text("手续费")
    expect(page.locator(".message.assistant")).to_have_count(1)  # so it has reached the service
    assert len(service.posts()) == 1


def test_enter_reported_just_after_the_composition_does_not_send(page: Page, service: Any) -> None:
    """Browsers that end the composition first still do not send."""
    page.locator("#input").fill("王小")
    page.locator("#input").evaluate(
        """box => {
          box.dispatchEvent(new CompositionEvent("compositionend", { data: "王小" }));
          box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
        }"""
    )
    expect(page.locator("#input")).to_have_value("王小")
    assert service.posts() == []


def test_shift_enter_makes_a_line(page: Page, service: Any) -> None:
    """Two lines go out as one message."""
    page.locator("#input").focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(page.locator(".message.user .bubble")).to_have_text("one\ntwo")
    expect(page.locator(".message.assistant")).to_have_count(1)  # so it has reached the service
    assert service.posts()[0]["text"] == "one\ntwo"


def test_escape_clears_and_up_recalls(page: Page) -> None:
    """What Escape took away is one key away, and so is what was sent before."""
    box = page.locator("#input")
    box.fill("第一句")
    page.keyboard.press("Enter")
    box.fill("第二句")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("第二句")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("第一句")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_value("第二句")


def test_the_limit_is_announced_before_it_is_reached(page: Page) -> None:
    """A counter near the end; no more than 2,000 characters."""
    box = page.locator("#input")
    box.fill("长" * 1799)
    expect(page.locator("#counter")).to_have_text("")
    box.fill("长" * 1990)
    expect(page.locator("#counter")).to_have_text("还可输入 10 字")
    box.focus()
    page.keyboard.insert_text("长" * 30)
    expect(box).to_have_value("长" * 2000)
    expect(page.locator("#counter")).to_contain_text("上限")


def test_blank_text_is_not_sent(page: Page, service: Any) -> None:
    """Spaces and line ends are no question."""
    page.locator("#input").fill("  \n ")
    expect(page.locator("#send")).to_be_disabled()
    page.keyboard.press("Enter")
    assert service.posts() == []


def test_everything_is_reached_by_keyboard_in_reading_order(page: Page) -> None:
    """The first stop of the page skips to the box; header and suggestions come before it."""
    expect(page.locator(".suggestion").first).to_be_visible()
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    stops = ["segment", "segment", "icon-button", *["suggestion"] * 5]
    for stop in stops:
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_class(stop)
    page.keyboard.press("Tab")
    expect(page.locator("#input")).to_be_focused()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#input")).to_be_focused()
