"""Cue words beside the modules that read them, and the pattern that finds one of several."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def load_words(name: str) -> dict[str, Any]:
    """Read ``<name>.yml`` beside this module, once."""
    path = Path(__file__).with_name(f"{name}.yml")
    # The base loader keeps every word a word: "no" and "on" are not booleans here.
    words: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return words


def any_of(words: Iterable[str]) -> str:
    """Return a pattern matching any of the words, the longest first.

    Latin words match whole only; Chinese ones anywhere, since Chinese is written without spaces.
    """
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(_pattern(word) for word in ordered)})"


def _pattern(word: str) -> str:
    before = r"(?<![a-z0-9])" if _is_latin(word[0]) else ""
    after = r"(?![a-z0-9])" if _is_latin(word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
