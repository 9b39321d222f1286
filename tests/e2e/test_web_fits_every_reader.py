"""The page fits small screens, both languages, and calm or dark settings."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SCROLLS_SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_a_phone_never_scrolls_sideways(visits: Any, locale: str) -> None:
    """At 360 pixels signing in, the widest answer and the longest word all fit."""
    phone = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
    page: Page = visits.open(locale=locale, **phone)
    page.locator(".employee").first.wait_for()
    assert not page.evaluate(SCROLLS_SIDEWAYS)
    page.locator(".employee").first.tap()
    for count, text in enumerate(["推荐", "recommend", "fee", "W" * 300], start=1):
        page.locator("#input").fill(text)
        page.locator("#send").tap()
        expect(page.locator(".message.assistant")).to_have_count(count)
        assert not page.evaluate(SCROLLS_SIDEWAYS), text
        bubble = page.locator(".bubble").last.bounding_box()
        assert bubble
        assert bubble["x"] >= 0
        assert bubble["x"] + bubble["width"] <= 360


def test_the_interface_changes_language_and_remembers_it(page: Page) -> None:
    """English at once, without losing the conversation, and after a reload."""
    page.locator("#input").fill("手续费")
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("RM Assistant")
    expect(page.locator("#person-place")).to_have_text("Relationship manager · Chengdong Branch")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    expect(page.locator(".day")).to_have_text("Today")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".figure-value")).to_have_text("¥20.00")
    page.reload()
    expect(page.locator("#input")).to_have_attribute("aria-label", "Your question")


def test_an_english_browser_starts_in_english(visits: Any) -> None:
    """Without a choice of their own, people get the language of their browser."""
    page = visits.open(locale="en-US")
    expect(page.locator("#signin-title")).to_have_text("Choose who you are")
    page.get_by_role("button", name="Wang Min").click()
    expect(page.locator(".suggestion")).to_have_count(5)
    page.locator(".suggestion").first.click()
    expect(page.locator(".figure-label")).to_have_text(re.compile("^Corporate"))


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgb(colour).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return "canvas";
  };
  const words = [...document.querySelectorAll("body *")].filter((node) =>
    node.checkVisibility() && !node.closest(":disabled, .visually-hidden, .skip") &&
    [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
  return words.map((node) => {
    const pair = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
    return [node.className || node.tagName, (pair[0] + 0.05) / (pair[1] + 0.05)];
  }).filter(([, ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_enough_contrast(visits: Any, service: Any, scheme: str) -> None:
    """WCAG 2.2 AA (4.5 : 1) for all text of signing in, an answer and a failure."""
    page = visits.open(color_scheme=scheme, reduced_motion="reduce")  # no colour half way
    page.locator(".employee").first.wait_for()
    assert page.evaluate(CONTRAST) == []
    page.locator(".employee").first.click()
    for count, text in enumerate(["手续费", "材料", "推荐"], start=1):
        page.locator("#input").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator(".message.assistant")).to_have_count(count)
    service.order(fail=["malformed"])
    page.locator("#input").fill("失败")
    page.keyboard.press("Enter")
    expect(page.locator(".failure")).to_be_visible()
    assert page.evaluate(CONTRAST) == []


def test_motion_stops_for_those_who_ask(visits: Any) -> None:
    """With reduced motion no animation lasts."""
    page = visits.open(reduced_motion="reduce")
    page.locator(".employee").first.click()
    page.locator("#input").fill("手续费")
    page.keyboard.press("Enter")
    expect(page.locator(".message.assistant")).to_have_count(1)
    seconds = page.locator(".message.assistant").evaluate(
        "node => parseFloat(getComputedStyle(node).animationDuration)"
    )
    assert seconds < 0.001
