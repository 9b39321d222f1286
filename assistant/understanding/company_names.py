"""The shorter names by which people call a company: without place, trade or legal form."""

import re
from collections.abc import Collection
from functools import cache

from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

_SHORTEST = 2
_SHORTEST_LATIN = 4
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def short_names(name: str, places: Collection[str] = ()) -> dict[str, float]:
    """Return what a Chinese company name may be shortened to, with how sure each is.

    The full name counts 1; the less is left, the less sure. Names of fewer than two characters
    are left out, and so is a name that is only a place or only a trade. `places` adds to the
    places that a name may begin with.
    """
    full = fold(name)
    base = _legal_form().sub("", full)
    local = _without_place(base, places)
    core = _industry().sub("", local)
    place = base[: len(base) - len(local)]
    named = {
        core: 0.9,
        place + core: 0.93,
        local: 0.95,
        base: 0.97,
        full: 1.0,
    }
    if core != local:
        named |= {core + local[len(core) :][:2]: 0.93}
    generic = {place, "", *load_words("clients")["industries"]}
    return {short: score for short, score in named.items() if _worth(short, generic)}


def distinct_part(name: str, places: Collection[str] = ()) -> str:
    """Return what sets a company apart: its name without place, trade and legal form."""
    base = _legal_form().sub("", fold(name))
    return _industry().sub("", _without_place(base, places))


def latin_names(name: str) -> dict[str, float]:
    """Return the same for the English name of a company, words separated by single spaces."""
    full = latin_words(name)
    base = _latin_legal_form().sub("", full)
    words = base.split()
    named = {base: 0.97, full: 1.0}
    if len(words) > 1:
        named |= {" ".join(words[:2]): 0.9, words[1]: 0.85}
    if len(words) > 2:
        named |= {" ".join(words[1:]): 0.95, " ".join(words[1:3]): 0.92}
    return {short: score for short, score in named.items() if len(short) >= _SHORTEST_LATIN}


def latin_words(text: str) -> str:
    """Return the Latin words of a text in lower case, separated by single spaces."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def _without_place(base: str, places: Collection[str]) -> str:
    local = _region().sub("", base)
    return base[2:] if local == base and base[:2] in places else local


def _worth(short: str, generic: Collection[str]) -> bool:
    return len(short) >= _SHORTEST and short not in generic


@cache
def _legal_form() -> re.Pattern[str]:
    return re.compile(f"{any_of(load_words('clients')['legal_forms'])}$")


@cache
def _latin_legal_form() -> re.Pattern[str]:
    return re.compile(f" {any_of(load_words('clients')['latin_legal_forms'])}$")


@cache
def _region() -> re.Pattern[str]:
    return re.compile(f"^{any_of(load_words('clients')['regions'])}")


@cache
def _industry() -> re.Pattern[str]:
    return re.compile(f"{any_of(load_words('clients')['industries'])}$")
