"""Pictures and files of an answer reach the reader, and nobody who is not signed in."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.test_web_shows_answers import ask

QUESTION = "支行渗透率"


def test_a_picture_is_drawn_and_said_in_words(page: Page) -> None:
    """It is fetched with the session under a policy that lets no other picture in."""
    ask(page, QUESTION)
    image = page.locator(".picture img")
    expect(image).to_have_attribute("alt", "国债 62 %，基金 25 %")
    expect(image).to_have_attribute("src", re.compile("^blob:"))
    page.wait_for_function("() => document.querySelector('.picture img').naturalWidth === 320")
    expect(page.locator(".picture figcaption")).to_have_text("国债 62 %，基金 25 %")


def test_a_file_is_taken_away_under_its_name(page: Page, tmp_path: Any) -> None:
    ask(page, QUESTION)
    with page.expect_download() as taken:
        page.get_by_role("button", name="名单.xlsx").first.click()
    assert taken.value.suggested_filename == "名单.xlsx"
    taken.value.save_as(tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").read_bytes() == b"a workbook"


def test_a_file_that_cannot_be_had_is_told(page: Page) -> None:
    """The button stays, so that it can be tried again."""
    ask(page, QUESTION)
    gone = page.get_by_role("button", name="旧名单.xlsx")
    for _ in range(2):
        gone.click()
        expect(page.locator(".file-fault")).to_have_text("文件没有取到，请稍后再试。")
        expect(gone).to_be_enabled()


def test_a_picture_fits_a_phone_and_comes_back_after_a_reload(visits: Any) -> None:
    page = visits.open(viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="王敏").click()
    ask(page, QUESTION)
    page.reload()
    page.wait_for_function("() => document.querySelector('.picture img')?.naturalWidth === 320")
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
