"""Reads fenced blocks and tables out of Markdown."""

import re
import shlex

_FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| `(?P<first>[^`]+)` \|(?P<rest>.*)\|$", re.MULTILINE)


def blocks(text: str, kind: str) -> list[str]:
    """Return the bodies of the fenced blocks of a kind."""
    return [match["body"] for match in _FENCE.finditer(text) if match["kind"] == kind]


def commands(text: str) -> list[list[str]]:
    """Return every line of the ``sh`` blocks, in words."""
    lines = [line for block in blocks(text, "sh") for line in block.splitlines() if line.strip()]
    return [shlex.split(line) for line in lines]


def prose(text: str) -> str:
    """Return a text without its fenced blocks."""
    return _FENCE.sub("", text)


def rows(text: str) -> list[tuple[str, list[str]]]:
    """Return the table rows that begin with code: that code, and the other cells."""
    return [
        (match["first"], [cell.strip() for cell in match["rest"].split(" |")])
        for match in _ROW.finditer(text)
    ]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of its rank or above."""
    rank = len(heading) - len(heading.lstrip("#"))
    _, found, after = text.partition(f"\n{heading}\n")
    assert found, f"no heading {heading}"
    return re.split(rf"^#{{1,{rank}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]
