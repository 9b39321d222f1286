"""Numbers as people write them, in digits, Chinese numerals or English words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import cn2an

from assistant.understanding.words import any_of, load_words

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:['\u0020]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_WIDEST_STEP = 2  # "three-five ten-thousands" is three to five of them


@dataclass(frozen=True, slots=True)
class Number:
    """A number read.

    Attributes
    ----------
    scale
        What the scale words at its end multiply by, else 1: in "5-10 million" they count for both.
    last_scale
        The same of the last scale word alone: in "five to ten-ten-thousand" only that counts.
    loose
        The writer left it open, as in "eighty-odd thousand".
    upper
        The other end when two neighbouring digits were written for one, else nothing.
    """

    value: Decimal
    scale: Decimal = Decimal(1)
    last_scale: Decimal = Decimal(1)
    loose: bool = False
    upper: Decimal | None = None


@cache
def number_pattern() -> str:
    """Return the pattern of a number; `read_number` reads what it matches."""
    words = load_words("numbers")
    every, starts, more = words["numerals"], words["starts"], "".join(words["more"])
    counted = f"{words['classifier']}(?=[{words['counted_scales']}])"
    apart = rf"(?<=\d)\s{{1,3}}(?=[{words['counted_scales']}])"
    rest = rf"(?<=[{words['scales']}])\d+(?!\d|[.,]\d)"
    tail = rf"(?:{apart}|[{more}](?=[{every}])|{counted}|[{every}]|{rest})"
    point = rf"(?:[{words['point']}](?=[{words['digits']}]+[{words['scales']}]))"
    exact = rf"(?:{DIGITS}|(?<![{words['open']}])[{starts}])"
    chinese = rf"(?:{words['bare_scales']}|{exact}{point}?(?:{tail}|{point})*)"
    scales = "|".join(sorted(words["latin_scales"], key=len, reverse=True))
    scale = rf"(?:\s?(?:{scales})(?![a-z]))"
    unit = any_of(words["words"])
    powers = rf"(?:[\s-](?:{scales})(?![a-z])(?:[\s-](?:and\s)?{unit})*)+"
    spelled = rf"{unit}(?:[\s-]+(?:and[\s-]+)?{unit})*{powers}"
    return rf"(?:{spelled}|{chinese}{scale}?)"


def read_number(text: str) -> Number | None:
    """Read a number that `number_pattern` matched, or return nothing when it makes no sense."""
    text = text.strip().replace(",", "").replace("'", "")
    if re.match("[a-z]", text):
        return _spelled(text)
    words = load_words("numbers")
    digits, suffix = _split_suffix(text, words)
    digits = "".join(digits.split())
    loose = any(character in words["more"] for character in digits)
    for character in (*words["more"], words["classifier"]):
        digits = digits.replace(character, "")
    pair = _neighbours(digits, words)
    if pair:
        low, high = (_chinese(part) for part in pair)
        return Number(low, loose=True, upper=high) if low and high else None
    value = _chinese(digits)
    if value is None:
        return None
    scale, last_scale = (_scale_of(part, words) * suffix for part in (digits, digits[-1:]))
    return Number(value * suffix, scale, last_scale, loose)


def _split_suffix(text: str, words: dict[str, Any]) -> tuple[str, Decimal]:
    match = re.search("[a-z]+$", text)
    if match is None:
        return text, Decimal(1)
    return text[: match.start()].strip(), Decimal(words["latin_scales"][match.group()])


def _scale_of(digits: str, words: dict[str, Any]) -> Decimal:
    scale = Decimal(1)
    for character in reversed(digits):
        if character not in words["scales"]:
            break
        scale *= _chinese(words["digits"][0] + character) or 1
    return scale


def _neighbours(digits: str, words: dict[str, Any]) -> tuple[str, str] | None:
    """Part "five-six ten-thousands" into both of its ends."""
    row = words["digits"]
    digits = digits.replace(words["two"], row[1])
    match = re.match(f"([{row}])([{row}])([{words['scales']}]+)$", digits)
    if match is None or not 0 < row.index(match[2]) - row.index(match[1]) <= _WIDEST_STEP:
        return None
    return match[1] + match[3], match[2] + match[3]


def _chinese(text: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    words = load_words("numbers")
    if text[:1] in words["scales"]:
        text = words["digits"][0] + text
    if words["point"] in text:
        text = text.translate({ord(digit): str(n) for n, digit in enumerate(words["digits"], 1)})
        text = text.replace(words["point"], ".")
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (
        KeyError
    ):  # a tenth of a scale that the library has no word for: 1.2 written "one-yi-two"
        return _with_tenth(text, words)
    except ValueError:
        return None


def _with_tenth(text: str, words: dict[str, Any]) -> Decimal | None:
    whole, tenths = _chinese(text[:-1]), _chinese(text[-1])
    if whole is None or tenths is None:
        return None
    return whole + tenths * _scale_of(text[:-1], words) / 10


def _spelled(text: str) -> Number | None:
    words = load_words("numbers")
    parts = re.findall(any_of([*words["words"], *words["latin_scales"]]), text)
    total, current, scale = Decimal(0), Decimal(0), Decimal(1)
    for part in parts:
        scale = Decimal(words["latin_scales"].get(part, 1))
        if part in words["words"]:
            current += Decimal(str(words["words"][part]))
        elif scale == Decimal(100):
            current *= scale
        else:
            total, current = total + current * scale, Decimal(0)
    return Number(total + current, scale, scale) if parts else None
