"""Fields of expertise, by any of their names in both languages."""

import re
from functools import cache

from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words


def fields_in(text: str) -> frozenset[str]:
    """Return the keys of the fields that a text names."""
    return frozenset(_keys()[found.group()] for found in _pattern().finditer(fold(text)))


def field_of(recorded: str) -> str:
    """Return the key of a field as it is recorded of an expert; itself where it is of no group."""
    folded = fold(recorded)
    return _keys().get(folded, folded)


@cache
def _keys() -> dict[str, str]:
    groups: dict[str, list[str]] = load_words("expert_fields")
    return {fold(name): key for key, names in groups.items() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(any_of(_keys()))
