"""What stands around a number and says whether it is money, items or something else."""

import re
from functools import cache
from typing import Any

from assistant.understanding.blanking import blanked
from assistant.understanding.date_phrases import find_phrases
from assistant.understanding.numbers import number_pattern
from assistant.understanding.words import any_of, load_words


def numerical(text: str) -> str:
    """Put spaces in place of client numbers, telephone numbers, dates and the like.

    What is left of digits counts something. The length stays; "w" and "wan" for ten thousand become
    the numeral.
    """
    for numeral, written in load_words("numbers")["latin_for"].items():
        shapes = "|".join(sorted(written, key=len, reverse=True))
        text = re.sub(
            rf"(?<=\d)\s?(?:{shapes})(?![a-z])",
            lambda match, numeral=numeral: numeral.rjust(len(match.group())),  # type: ignore[misc]
            text,
        )
    text = blanked(text, ((phrase.start, phrase.end) for phrase in find_phrases(text)))
    return _names().sub(lambda match: " " * len(match.group()), text)


@cache
def currencies() -> dict[str, str]:
    """Return the ISO code by every way of writing a currency."""
    named = load_words("amounts")["currencies"]
    return {
        word: code for code, places in named.items() for words in places.values() for word in words
    }


@cache
def small_units() -> dict[str, int]:
    """Return how many of a small unit written alone make a whole one."""
    return {word: int(count) for word, count in load_words("amounts")["small_units"].items()}


@cache
def money_pattern() -> re.Pattern[str]:
    """Return the pattern of an amount or a range of amounts, its parts named."""
    words = load_words("amounts")
    number = number_pattern()
    before = f"(?P<before>{_currency('before')})"
    after = f"(?:{_currency('after')}|{any_of(small_units())})"
    sign = f"(?P<sign>(?<![0-9a-z.]){any_of(words['negative'])})"
    to = f"(?:{any_of(words['range'])}|(?<=\\s){words['both']}(?=\\s))"
    more = any_of(words["approximate"]["after"])
    tenth = rf"(?:{any_of(words['jiao'])}|(?<=[{''.join(words['whole'])}].)(?=\W|$))"
    jiao = rf"(?:(?P<jiao>[\d{_digits()}]){tenth})"
    fen = rf"(?:(?P<fen>[\d{_digits()}]){any_of(words['fen'])})"
    return re.compile(
        rf"{sign}?\s*{before}?\s?(?P<inner>-)?(?<![\d.])(?P<low>{number})"
        rf"(?:\s?(?:{after})?\s?{to}\s?(?:{_currency('before')})?\s?(?P<high>{number}))?"
        rf"(?:(?P<more>{more})(?={after}))?(?:\s?(?P<after>{after}))?{jiao}?{fen}?"
    )


@cache
def counted_items() -> re.Pattern[str]:
    """Return the pattern of a number with the items it counts."""
    words = load_words("amounts")
    items = f"(?!{any_of(words['units'])}){any_of(words['items'])}"
    scales = load_words("numbers")["counted_scales"]
    number = f"(?P<number>{number_pattern()}|{_one_word()})"
    return re.compile(rf"(?<![\d.a-z-]){number}\s?{items}(?![{scales}])")


def counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number with items counts them, rather than ranks or points at one."""
    words = load_words("numbers")
    pointing = match.group() == words["digits"][0] + words["classifier"]
    return not pointing and not _ranking().search(text[: match.start()])


def moves_money(text: str, match: re.Match[str]) -> bool:
    """Whether a word for moving money stands before a number."""
    return bool(_moves().search(text[: match.start()]))


def means_something_else(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a rank, a share, a date or a count rather than money."""
    if match["after"]:
        return False
    if _other().match(text, match.end()):
        return True
    return bool(_ranking().search(text[: match.start()]))


def says_approximately(text: str, match: re.Match[str]) -> bool:
    """Whether a word beside an amount makes it approximate."""
    before, after = _approximations()
    return bool(
        match["more"]
        or before.search(text[: match.start()])
        or (after.match(text, match.end()) and not _asks_how_much().match(text, match.end()))
    )


@cache
def _names() -> re.Pattern[str]:
    date = f"[-/{load_words('amounts')['date_parts']}]"
    currency = "|".join(code.lower() for code in set(currencies().values()) | {"RMB"})
    return re.compile(
        rf"(?<![a-z0-9])(?!(?:{currency})\d)[a-z]+[-_]?\d[a-z0-9_]*"  # a code with its number
        r"|(?<![\d.,¥$€£])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])"  # a mobile number
        r"|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"  # a telephone with its area
        r"|(?<![\d.,])\d{12,}(?![\d.])"  # an account
        rf"|(?<!\d)(?:19|20)\d\d{date}\d{{1,2}}(?:{date}\d{{1,2}})?(?!\d)"
        r"|(?<![\d.,])(?:19|20)\d\d\.\d{1,2}\.\d{1,2}(?![\d.])"
        r"|(?<!\d)\d{1,2}/\d{1,2}(?:/\d{2,4})?(?!\d)"
        r"|(?<!\d)\d{1,2}:\d\d(?!\d)"
    )


@cache
def _moves() -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_words('amounts')['moves'])}\s?$")


def _currency(side: str) -> str:
    named: dict[str, Any] = load_words("amounts")["currencies"]
    words = any_of(word for places in named.values() for word in places[side])
    return words.replace("(?![a-z0-9])", "(?![a-z])") if side == "before" else words


def _digits() -> str:
    digits: str = load_words("numbers")["digits"]
    return digits


def _one_word() -> str:
    return any_of(load_words("numbers")["words"])


@cache
def _other() -> re.Pattern[str]:
    words = load_words("amounts")
    return re.compile(rf"\s?-?{any_of([*words['units'], *words['items']])}")


@cache
def _ranking() -> re.Pattern[str]:
    return re.compile(rf"{any_of(load_words('amounts')['not_before'])}\s?$")


@cache
def _approximations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words("amounts")["approximate"]
    return re.compile(rf"{any_of(words['before'])}\s?$"), re.compile(
        rf"\s?{any_of(words['after'])}"
    )


@cache
def _asks_how_much() -> re.Pattern[str]:
    return re.compile(rf"\s?{any_of(load_words('amounts')['approximate']['not'])}")
