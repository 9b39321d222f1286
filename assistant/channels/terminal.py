"""A terminal chat over the same API as the page."""

import uuid
from collections.abc import Callable
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

from assistant.replies.templates import Language, Words
from assistant.understanding.language import detect

_FAILED = 1
_SECONDS = 60.0
Json = dict[str, Any]


class TerminalChat:
    """One person's chat in a terminal.

    Parameters
    ----------
    client
        Speaks to the API; holds the session token.
    """

    def __init__(self, client: httpx.Client, console: Console, words: Words) -> None:
        self._client = client
        self._console = console
        self._words = words
        self._buttons: list[Json] = []
        self._language: Language = "zh"

    def sign_in(self, employee_id: str) -> bool:
        """Sign in; tell why not otherwise."""
        answer = self._client.post("/api/login", json={"employee_id": employee_id})
        if answer.is_error:
            self._tell_error(answer.json())
            return False
        self._client.headers["authorization"] = f"Bearer {answer.json()['token']}"
        return True

    def ask(self, text: str) -> bool:
        """Ask one thing, or press the button whose number was typed; print what comes back."""
        body: Json = {"message_id": str(uuid.uuid4()), "language": detect(text, "zh")}
        if text.isdigit() and 0 < int(text) <= len(self._buttons):
            button = self._buttons[int(text) - 1]
            body |= {"button": button["token"], "title": button["title"]}
        else:
            body["text"] = text
        answer = self._post(body)
        if answer.is_error:
            self._tell_error(answer.json())
            return False
        self._buttons = []
        for reply in answer.json()["replies"]:
            self._language = reply["language"]
            self._show(reply["blocks"])
        return not any(reply["failed"] for reply in answer.json()["replies"])

    @retry(
        retry=retry_if_exception_type(httpx.TransportError),
        stop=stop_after_attempt(5),
        wait=wait_exponential(multiplier=0.5, max=4.0),
        reraise=True,
    )
    def _post(self, body: Json) -> httpx.Response:
        """Post a message; the same message id makes it safe to post again."""
        return self._client.post("/api/messages", json=body)

    def _tell_error(self, body: Json) -> None:
        self._console.print(f"{body['error']['zh']} / {body['error']['en']}", style="red")

    def _show(self, blocks: list[Json]) -> None:
        showers: dict[str, Callable[[Json], None]] = {
            "table": self._table,
            "list": self._list,
            "buttons": self._choices,
            "details": self._details,
            "figure": self._figure,
            "picture": self._kept,
            "file": self._kept,
        }
        for block in blocks:
            showers.get(block["type"], self._text)(block)

    def _text(self, block: Json) -> None:
        styles = {"heading": "bold", "source": "dim", "note": "yellow"}
        text = block["text"].replace("**", "")
        self._console.print(text, style=styles.get(block["type"]), markup=False, highlight=False)

    def _figure(self, block: Json) -> None:
        self._console.print(f"{block['label']}  {block['value']}", style="bold", markup=False)
        self._console.print(block["note"], style="dim", markup=False, highlight=False)

    def _table(self, block: Json) -> None:
        table = Table(title=block["caption"] or None)
        for column in block["columns"]:
            table.add_column(column["label"], justify=column["align"])
        for row in block["rows"]:
            table.add_row(*row)
        self._console.print(table)

    def _list(self, block: Json) -> None:
        for number, item in enumerate(block["items"], start=1):
            mark = f"{number}." if block["ordered"] else "·"
            self._console.print(f"  {mark} {item}", markup=False, highlight=False)

    def _kept(self, block: Json) -> None:
        """Name a picture or a file, what it shows, and where it can be had."""
        facts = {"name": block["name"], "alt": block.get("alt", "")}
        told = self._words.say(self._language, f"terminal.{block['type']}", **facts)
        self._console.print(told, markup=False, highlight=False)

    def _choices(self, block: Json) -> None:
        for button in block["buttons"]:
            self._buttons.append(button)
            self._console.print(
                f"  ({len(self._buttons)}) {button['title']}", style="cyan", markup=False
            )

    def _details(self, block: Json) -> None:
        self._console.print(f"▸ {block['summary']}", style="dim", markup=False)
        self._show(block["blocks"])


def chat(url: str, employee_id: str, once: str, words: Words) -> int:
    """Chat until the end of input, or ask one question; return the exit code."""
    console = Console()
    with httpx.Client(base_url=url, timeout=_SECONDS) as client:
        terminal = TerminalChat(client, console, words)
        try:
            if not terminal.sign_in(employee_id):
                return _FAILED
            if once:
                return 0 if terminal.ask(once) else _FAILED
            console.print(words.say("zh", "terminal.hello"), words.say("en", "terminal.hello"))
            while text := console.input("[bold]> [/]"):
                terminal.ask(text)
        except httpx.TransportError:
            for language in ("zh", "en"):
                console.print(words.say(language, "terminal.unreachable", url=url), style="red")
            return _FAILED
        except (EOFError, KeyboardInterrupt):
            console.print()
    return 0
