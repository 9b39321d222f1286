"""A text without what was read in it, every other character in its place."""

from collections.abc import Iterable


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Put spaces in place of the spans, each (start, end); they may overlap."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return "".join(rest)
