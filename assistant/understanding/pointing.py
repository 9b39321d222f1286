"""Words that point into a list shown before: "the second one", "the last", "any more?"."""

import re
from functools import cache

from assistant.understanding.folding import fold
from assistant.understanding.numbers import number_pattern, read_number
from assistant.understanding.words import any_of, load_words

_END = r"\s*(?:[?？。.!！]|$)"
_MARKS = r"\s?？。.!！,，~～"


def find_rank(text: str, last: int) -> int | None:
    """Return which line of a list a message points at, counted from 1; None where at none.

    Parameters
    ----------
    last
        The number of the last line that was shown.
    """
    folded = fold(text)
    if _last().search(folded):
        return last
    match = _ranked().search(folded)
    if match is None:
        return 1 if _first().search(folded) else None
    if match["word"]:
        return _ranks()[match["word"]]
    number = read_number(match["number"])
    return int(number.value) if number is not None and number.value % 1 == 0 else None


def asks_for_more(text: str) -> bool:
    """Whether a message asks for the next page of a list and nothing else."""
    return _around().sub("", fold(text)) in _more()


@cache
def _ranked() -> re.Pattern[str]:
    words = load_words("pointing")
    number = rf"{any_of(words['ordinal'])}\s?(?P<number>{number_pattern()})"
    chinese = rf"{number}\s?(?:{any_of(words['counted'])}|{_END})"
    english = rf"(?P<word>{any_of(_ranks())})(?:\s{any_of(words['counted_en'])}|{_END})"
    return re.compile(f"{chinese}|(?:(?:the|why|about|and)\\s){english}")


@cache
def _around() -> re.Pattern[str]:
    return re.compile(f"[{_MARKS}{''.join(load_words('pointing')['particles'])}]+")


@cache
def _first() -> re.Pattern[str]:
    return re.compile(any_of(load_words("pointing")["first"]))


@cache
def _last() -> re.Pattern[str]:
    words = load_words("pointing")
    english = rf"the\s{any_of(words['last_en'])}(?:\s{any_of(words['counted_en'])}|{_END})"
    return re.compile(f"{any_of(words['last'])}|{english}")


@cache
def _ranks() -> dict[str, int]:
    ranks = load_words("pointing")["ranks"]
    return {word: int(rank) for rank, words in ranks.items() for word in words}


@cache
def _more() -> frozenset[str]:
    return frozenset(_around().sub("", word) for word in load_words("pointing")["more"])
