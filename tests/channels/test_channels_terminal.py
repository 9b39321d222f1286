"""The terminal says in words what it cannot show."""

import io

import httpx
import pytest
from rich.console import Console

from assistant.channels.terminal import TerminalChat
from assistant.replies.templates import Words
from assistant.settings import Settings

PICTURE = {"type": "picture", "file_id": "p", "name": "shares.png", "alt": "bonds 62 %"}
FILE = {"type": "file", "file_id": "f", "name": "list.xlsx", "size": 10}
BLOCKS = [PICTURE, {"type": "details", "summary": "more", "blocks": [FILE]}]


def answer(language: str) -> httpx.Client:
    reply = {"blocks": BLOCKS, "failed": False, "language": language}
    body = {"message": {}, "replies": [reply]}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    return httpx.Client(transport=transport, base_url="http://service")


@pytest.mark.parametrize(("language", "where"), [("zh", "浏览器"), ("en", "browser")])
def test_pictures_and_files_are_named_with_where_to_get_them(language: str, where: str) -> None:
    told = io.StringIO()
    with answer(language) as client:
        console = Console(file=told, width=200)
        chat = TerminalChat(client, console, Words.load(Settings().replies_dir))
        assert chat.ask("penetration")
    said = told.getvalue()
    assert all(piece in said for piece in ("shares.png", "bonds 62 %", "list.xlsx"))
    assert said.count(where) == len(BLOCKS)
