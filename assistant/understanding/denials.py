"""Whether what stands around a short company name says that another company is meant.

A firm is often called by its middle alone. When the text goes on with another trade, or begins
with another place, it names somebody else's firm that happens to share the middle.
"""

import re
from collections.abc import Collection
from functools import cache

from rapidfuzz import fuzz

from assistant.understanding.company_names import latin_words
from assistant.understanding.words import any_of, load_words

_PLACE = 2
_LONGEST_TRADE = 12
_ALIKE = 84.0


def denied(
    folded: str, span: tuple[int, int], short: str, full: str, places: Collection[str]
) -> bool:
    """Tell whether a Chinese text around a short name contradicts the full name.

    Parameters
    ----------
    folded
        The text, folded; what stands for the short name is ``folded[span[0] : span[1]]``.
    short, full
        The short name and the full name it belongs to, folded.
    places
        Places that company names may begin with, beside the well-known ones.
    """
    start, end = span
    in_full = _until_legal_form().match(folded, end)
    before = folded[max(0, start - _PLACE) : start]
    if before not in full and _is_place(before, places, certain=in_full is not None):
        return True
    base = without_legal_form(full)
    own = base[base.find(short) + len(short) :]
    tail = in_full or _trade().match(folded, end)
    said = tail["trade"] if tail else ""
    return said not in own and fuzz.ratio(said, own) < _ALIKE


def without_legal_form(name: str) -> str:
    """Return a folded Chinese company name without its legal form."""
    return _legal_form().sub("", name)


def latin_denied(words: list[str], start: int, end: int, full: str) -> bool:
    """Tell whether a capital word beside a short name belongs to no name of the company.

    Parameters
    ----------
    words
        Latin words of the text as typed; the short name is ``words[start:end]``.
    full
        Full name of the company.
    """
    own = set(latin_words(full).split())
    beside = [words[place] for place in (start - 1, end) if 0 < place < len(words)]
    return any(_is_of_a_name(word) and word.lower() not in own for word in beside)


def _is_place(before: str, places: Collection[str], *, certain: bool) -> bool:
    """Tell whether two characters are a place; before a full name they are, unless words of it."""
    if before in places or before in load_words("clients")["regions"]:
        return True
    return certain and _two_characters().fullmatch(before) is not None


def _is_of_a_name(word: str) -> bool:
    low = word.lower()
    words = load_words("clients")
    ordinary = {
        *words["latin_ordinary"],
        *words["latin_titles"],
        *load_words("language")["english"],
    }
    return word[0].isupper() and low not in ordinary and not _latin_form().fullmatch(low)


@cache
def _until_legal_form() -> re.Pattern[str]:
    forms = any_of(load_words("clients")["legal_forms"])
    return re.compile(f"(?P<trade>[\u4e00-\u9fff]{{0,{_LONGEST_TRADE}}}?){forms}")


@cache
def _two_characters() -> re.Pattern[str]:
    leads_on = any_of(load_words("clients")["before_name"])
    return re.compile(f"(?!.*{leads_on}$)[\u4e00-\u9fff]{{{_PLACE}}}")


@cache
def _legal_form() -> re.Pattern[str]:
    return re.compile(f"{any_of(load_words('clients')['legal_forms'])}$")


@cache
def _trade() -> re.Pattern[str]:
    words = load_words("clients")
    trades = any_of(set(words["industries"]) - set(words["trade_verbs"]))
    return re.compile(f"(?P<trade>{trades})")


@cache
def _latin_form() -> re.Pattern[str]:
    return re.compile("|".join({*" ".join(load_words("clients")["latin_legal_forms"]).split()}))
