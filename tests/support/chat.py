"""One person's chat with a running assistant, over the API that the page uses."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]
_SECONDS = 90.0  # longer than a turn may take


@dataclass(frozen=True, slots=True)
class Button:
    """A button as the page receives it."""

    title: str
    token: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the page receives it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the assistant.

    Attributes
    ----------
    text
        Everything that is read, block by block on lines of their own; folded details included.
    """

    id: int
    turn_id: str
    text: str
    blocks: tuple[Json, ...]
    buttons: tuple[Button, ...]
    tables: tuple[Table, ...]
    failed: bool
    language: str

    def of_type(self, kind: str) -> list[Json]:
        """Return the blocks of one type, those inside folded details included."""
        return [block for block in flat(self.blocks) if block["type"] == kind]


class ChatClient:
    """Asks and presses as one employee; remembers the buttons of the last reply."""

    def __init__(self, url: str, employee_id: str) -> None:
        self.employee_id = employee_id
        self.http = httpx.Client(base_url=url, timeout=_SECONDS)
        answer = self.http.post("/api/login", json={"employee_id": employee_id})
        answer.raise_for_status()
        self.http.headers["authorization"] = f"Bearer {answer.json()['token']}"
        self.buttons: tuple[Button, ...] = ()

    @property
    def conversation_id(self) -> str:
        """Return the id the conversation has in the store."""
        return f"web:{self.employee_id}:main"

    def ask(
        self, text: str, language: str | None = None, message_id: str | None = None
    ) -> list[Reply]:
        """Send typed text and return the replies to it.

        Raises
        ------
        httpx.HTTPError
            No connection, or an answer that is not 200.
        """
        return self._send({"text": text}, language, message_id)

    def press(
        self, title: str, language: str | None = None, message_id: str | None = None
    ) -> list[Reply]:
        """Press a button of the last reply by its title, or by a part that only one has."""
        exact = [button for button in self.buttons if button.title == title]
        found = exact or [button for button in self.buttons if title in button.title]
        titles = [button.title for button in self.buttons]
        assert len(found) == 1, f"{title!r} is not one of the buttons {titles}"
        return self.press_button(found[0], language, message_id)

    def press_button(
        self, button: Button, language: str | None = None, message_id: str | None = None
    ) -> list[Reply]:
        """Press any button, also one of an earlier reply."""
        body = {"button": button.token, "title": button.title}
        return self._send(body, language, message_id)

    def history(self, limit: int = 200, after: int | None = None) -> list[Json]:
        """Return a page of the conversation as the API tells it, oldest first."""
        query = {"limit": limit} | ({} if after is None else {"after": after})
        answer = self.http.get("/api/messages", params=query)
        answer.raise_for_status()
        messages: list[Json] = answer.json()["messages"]
        return messages

    def close(self) -> None:
        """Let go of the connection."""
        self.http.close()

    def _send(self, body: Json, language: str | None, message_id: str | None) -> list[Reply]:
        body = body | {"message_id": message_id or str(uuid.uuid4())}
        if language is not None:
            body["language"] = language
        answer = self.http.post("/api/messages", json=body)
        answer.raise_for_status()
        replies = [parsed(message) for message in answer.json()["replies"]]
        if replies:
            self.buttons = replies[-1].buttons
        return replies

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def parsed(message: Json) -> Reply:
    """Return a message of the API as a reply."""
    blocks: tuple[Json, ...] = tuple(message["blocks"])
    inner = list(flat(blocks))
    return Reply(
        id=message["id"],
        turn_id=message["turn_id"],
        text="\n".join(line for block in inner for line in _lines(block)),
        blocks=blocks,
        buttons=tuple(
            Button(button["title"], button["token"])
            for block in inner
            if block["type"] == "buttons"
            for button in block["buttons"]
        ),
        tables=tuple(_table(block) for block in inner if block["type"] == "table"),
        failed=message["failed"],
        language=message["language"],
    )


def flat(blocks: Sequence[Json]) -> Iterator[Json]:
    """Yield blocks in reading order, each folded one followed by what it folds."""
    for block in blocks:
        yield block
        if block["type"] == "details":
            yield from flat(block["blocks"])


def _table(block: Json) -> Table:
    return Table(
        columns=tuple(column["label"] for column in block["columns"]),
        rows=tuple(tuple(row) for row in block["rows"]),
        caption=block["caption"],
    )


def _lines(block: Json) -> list[str]:
    kind = block["type"]
    if kind == "table":
        labels = [column["label"] for column in block["columns"]]
        return [" | ".join(row) for row in ([block["caption"]], labels, *block["rows"])]
    if kind == "list":
        return list(block["items"])
    if kind == "buttons":
        return []
    if kind in {"picture", "file"}:
        return [block.get("alt", ""), block["name"]]
    if kind == "figure":
        return [f"{block['label']} {block['value']}", block["note"]]
    return [block["summary"] if kind == "details" else block["text"]]
