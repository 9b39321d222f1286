"""The words of business people for columns, values and fields, from YAML beside this module."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

_BLANKS = re.compile(r"\s+")


@cache
def load_words(name: str) -> Mapping[str, Any]:
    """Read ``<name>.yml``, once."""
    text = resources.files("knowledge.importing").joinpath(f"{name}.yml").read_text("utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words


def folded(text: str) -> str:
    """Return a heading in half width and lower case, blanks made one; none beside brackets."""
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip().lower()
    return plain.rstrip(":*").strip()
