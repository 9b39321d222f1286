"""Dates put together from their pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.understanding.date_tokens import Token, find_tokens
from assistant.understanding.words import any_of, load_words

_BARE_YEARS = range(2001, 2040)  # "of 2000" is an amount
ALONE = ("date", "rolling", "offset", "to_date", "same_period")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces that stand together and mean one stretch of days."""

    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.tokens[-1].end

    def get(self, kind: str) -> Token | None:
        """Return the piece of a kind, if there is one."""
        return next((token for token in self.tokens if token.kind == kind), None)


def find_phrases(text: str) -> tuple[Phrase, ...]:
    """Return the dates in folded text; a bare "2024" or "may" only where something marks it."""
    return tuple(phrase for phrase in _gathered(text) if _stands(text, phrase))


def _gathered(text: str) -> Iterator[Phrase]:
    group: list[Token] = []
    for token in find_tokens(text):
        if group and not _joins(text, group, token):
            yield Phrase(tuple(group))
            group = []
        group.append(token)
    if group:
        yield Phrase(tuple(group))


def _joins(text: str, group: Sequence[Token], token: Token) -> bool:
    between = text[group[-1].end : token.start]
    if not _glue().fullmatch(between) or token.kind in {other.kind for other in group}:
        return False
    if token.kind in ALONE or group[-1].kind in ALONE:
        return False
    return not (token.kind == "turn" or (group[-1].kind == "turn" and token.relative))


def _stands(text: str, phrase: Phrase) -> bool:
    kinds = {token.kind for token in phrase.tokens}
    if kinds <= {"turn", "part"} and not phrase.tokens[0].unit:
        return False
    if not all(token.weak for token in phrase.tokens):
        return True
    if "turn" in kinds and len(kinds) > 1:
        return True
    if kinds == {"day"}:
        return bool(_ends_clause().match(text, phrase.end))
    if kinds == {"year"} and phrase.tokens[0].value not in _BARE_YEARS:
        return False
    marked = _marks().search(text[: phrase.start]) or _opens_range().match(text, phrase.end)
    return len(kinds) > 1 or bool(marked)


@cache
def _glue() -> re.Pattern[str]:
    return re.compile(rf"\s*{load_words('dates')['glue']}\s*")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_words('dates')['marks'])}\s*$")


@cache
def _opens_range() -> re.Pattern[str]:
    return re.compile(rf"\s*{any_of(load_words('dates')['range'])}\s*")


@cache
def _ends_clause() -> re.Pattern[str]:
    words = load_words("dates")
    cues = (*words["since_after"], *words["after_after"], *words["before_after"], *words["range"])
    return re.compile(rf"\s*(?:$|\W|{any_of(cues)})")
