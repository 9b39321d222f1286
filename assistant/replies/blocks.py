"""A reply: the blocks that a channel shows, or degrades to text where it cannot."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``**bold**`` is its only markup."""

    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """A short title over what follows."""

    text: str
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Figure:
    """The one number that was asked for, shown large."""

    label: str
    value: str
    note: str = ""
    type: Literal["figure"] = "figure"


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column."""

    label: str
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under labelled columns; every cell is text already in the reader's language."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered when its order matters."""

    items: Sequence[str]
    ordered: bool = False
    type: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside the answer."""

    text: str
    tone: Literal["info", "warning"] = "info"
    type: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """Small print: citation, version, date."""

    text: str
    type: Literal["source"] = "source"


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks kept folded until the reader opens them."""

    summary: str
    blocks: "Sequence[Block]"
    type: Literal["details"] = "details"


@dataclass(frozen=True, slots=True)
class Copyable:
    """Text meant for somebody else, with a button of its own that copies it."""

    label: str
    text: str
    type: Literal["copyable"] = "copyable"


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the assistant's own.

    Attributes
    ----------
    href
        Path on this service, beginning with one slash.
    """

    text: str
    href: str
    type: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its title and the dialogue payload it stands for, signed when written."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Buttons of one question."""

    buttons: Sequence[Choice]
    type: Literal["buttons"] = "buttons"


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing kept beside the message; `alt` says in words what is to be seen in it.

    `name` is a file name with its ending; `file_id` the address under which it is fetched.
    """

    content: bytes = field(repr=False)
    alt: str
    name: str
    media_type: Literal["image/png", "image/svg+xml"] = "image/png"
    file_id: str = field(default_factory=_new_id)
    type: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class File:
    """A file kept beside the message, for the reader to take away."""

    content: bytes = field(repr=False)
    name: str
    media_type: str
    file_id: str = field(default_factory=_new_id)
    type: Literal["file"] = "file"


Block = (
    Text
    | Heading
    | Figure
    | Table
    | Items
    | Note
    | Source
    | Details
    | Copyable
    | Link
    | Choices
    | Picture
    | File
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says in one turn."""

    blocks: Sequence[Block]
    language: Literal["zh", "en"]
    failed: bool = field(default=False)


def as_data(block: Block) -> dict[str, Any]:
    """Return a block as plain data; buttons still carry payloads, not tokens.

    A picture or a file is told with its size in bytes and without its content, which is kept
    apart (see `attachments`).
    """
    data = asdict(block)
    if isinstance(block, Picture | File):
        data["size"] = len(data.pop("content"))
    return data


def attachments(blocks: Sequence[Block]) -> Iterator[Picture | File]:
    """Yield every picture and file of a reply, those inside folded details included."""
    for block in blocks:
        if isinstance(block, Picture | File):
            yield block
        elif isinstance(block, Details):
            yield from attachments(block.blocks)
