"""Talking to the real assistant in a browser; pictures go to the folder that `RM_SHOTS` names."""

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

Shoot = Callable[[Page, str], None]
SCROLLS_SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"
_SETTLED_MS = 250  # for the eye alone: nothing is asserted of a picture


def enter(page: Page, name: str) -> None:
    """Choose a person on the sign-in page and wait until the conversation so far is shown."""
    page.locator(".employee", has_text=name).first.click()
    expect(page.locator("#input")).to_be_visible()
    expect(page.locator("#welcome:visible, .message").first).to_be_visible()


def ask(page: Page, text: str) -> Locator:
    """Type a question and return its answer."""
    page.locator("#input").fill(text)
    return _answered(page, lambda: page.keyboard.press("Enter"))


def press(page: Page, title: str) -> Locator:
    """Press a button of the last answer and return the answer to it."""
    button = page.locator(".message.assistant").last.get_by_role("button", name=title)
    return _answered(page, button.first.click)


def picture_taker(folder: Path, *, full_page: bool = False) -> Shoot:
    """Return what takes a picture of a page under a name, into a folder unless another is set."""
    into = Path(os.environ.get("RM_SHOTS") or folder)
    into.mkdir(parents=True, exist_ok=True)

    def shoot(page: Page, name: str) -> None:
        page.wait_for_timeout(_SETTLED_MS)
        page.screenshot(path=into / f"{name}.png", full_page=full_page)

    return shoot


def _answered(page: Page, act: Callable[[], None]) -> Locator:
    """Act, and return the first answer that was not there before."""
    answers = page.locator(".message.assistant")
    before = answers.count()
    act()
    expect(answers).to_have_count(before + 1)
    return answers.nth(before)
