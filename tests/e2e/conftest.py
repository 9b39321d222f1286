"""A browser before the page, and the stand-in service behind it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PATIENCE_MS = 60_000
"""How long a page on a busy machine may take; what is waited for usually comes at once."""


class Service:
    """The stand-in service: where it listens, and the orders it takes."""

    def __init__(self, url: str) -> None:
        self.url = url

    def order(self, **orders: Any) -> None:
        self._call(json.dumps(orders).encode())

    def posts(self) -> list[dict[str, Any]]:
        posts: list[dict[str, Any]] = self._call(None)["posts"]
        return posts

    def wait_for_a_listener(self) -> None:
        """Wait until a page listens to what arrives unasked."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not self._call(None)["listening"]:
            assert time.monotonic() < deadline, "no page listens"
            time.sleep(0.05)

    def is_up(self) -> bool:
        try:
            self.posts()
        except OSError:
            return False
        return True

    def _call(self, body: bytes | None) -> Any:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/fake", body, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE_MS / 1000) as response:
            return json.load(response)


@pytest.fixture(scope="session")
def running_service() -> Iterator[Service]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.e2e.fake_api", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        service = Service(f"http://127.0.0.1:{port}")
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not service.is_up():
            assert time.monotonic() < deadline, "the stand-in service did not start"
            time.sleep(0.1)
        yield service
        process.terminate()


@pytest.fixture
def service(running_service: Service) -> Service:
    running_service.order(reset=True)
    return running_service


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visits:
    """Opens pages as different visitors; what they complain of is kept."""

    def __init__(self, browser: Browser, service: Service) -> None:
        self._browser = browser
        self._url = service.url
        self._contexts: list[Any] = []
        self.complaints: list[str] = []

    def open(self, path: str = "/", **visitor: Any) -> Page:
        """Open the page as a Chinese desktop visitor unless told otherwise."""
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = self._browser.new_context(base_url=self._url, **(usual | visitor))
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused or broken call of the interface is the browser's own remark; anything else,
        # a breach of the content security policy above all, is a fault of the page.
        of_the_interface = "/api/" in message.location["url"] or "/api/stream" in message.text
        if message.type in {"error", "warning"} and not of_the_interface:
            self.complaints.append(message.text)


@pytest.fixture
def visits(browser: Browser, service: Service) -> Iterator[Visits]:
    expect.set_options(timeout=PATIENCE_MS)
    everyone = Visits(browser, service)
    yield everyone
    everyone.close()
    assert everyone.complaints == []


@pytest.fixture
def page(visits: Visits) -> Page:
    """A page on which 王敏 has just signed in."""
    page = visits.open()
    sign_in(page)
    return page


def sign_in(page: Page, name: str = "王敏") -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator("#input")).to_be_visible()


def watch(node: Locator) -> None:
    """Have the page remember what a node says from now on, however short it says it."""
    node.evaluate(
        """node => {
          window.said = [];
          const note = () => window.said.push(node.getAttribute("aria-label") ?? node.textContent);
          const all = { attributes: true, childList: true, characterData: true, subtree: true };
          new MutationObserver(note).observe(node, all);
        }"""
    )


def wait_until_said(page: Page, text: str) -> None:
    """Wait until the node watched says something, or has said it."""
    page.wait_for_function("text => window.said.some((said) => said.startsWith(text))", arg=text)
