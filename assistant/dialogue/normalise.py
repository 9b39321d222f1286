"""Text folded so that messages which mean the same look the same to the classifier."""

import re
import unicodedata

AMOUNT = "0"
IDENTIFIER = "#"

_CJK = range(0x4E00, 0xA000)
_TWO = "\u4e24"  # the everyday form, to which Unicode gives no number
_VALUES = {chr(code): unicodedata.numeric(chr(code), -1) for code in _CJK}
_NUMERALS = _TWO + "".join(numeral for numeral, value in _VALUES.items() if value >= 0)
_LOW_NUMERALS = _TWO + "".join(numeral for numeral, value in _VALUES.items() if 0 <= value <= 10)

_IDENTIFIER = re.compile(r"(?<![a-z0-9])[a-z]{1,2}[0-9]{3,}(?![a-z0-9])")
_DIGITS = re.compile(rf"[0-9]+(?:[.,:/-][0-9]+)*(?:[{_NUMERALS}]+|[kmw](?![a-z]))?")
# A lone numeral is often part of an ordinary word, so a written amount needs two characters.
_WRITTEN = re.compile(f"[{_LOW_NUMERALS}][{_NUMERALS}]+")
_SCRIPT_EDGE = re.compile("(?<=[\u4e00-\u9fff])(?=[a-z0-9#])|(?<=[a-z0-9#])(?=[\u4e00-\u9fff])")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Fold width, case, amounts and identifiers, and part Chinese from Latin text.

    Parameters
    ----------
    text
        A message as typed; may be empty or hold no letter at all.

    Returns
    -------
    str
        Lower-case text in Unicode form NFKC. Every number, in digits or in Chinese numerals, is
        ``0`` and every client number or the like is ``#``.
    """
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    folded = _IDENTIFIER.sub(IDENTIFIER, folded)
    folded = _WRITTEN.sub(AMOUNT, _DIGITS.sub(AMOUNT, folded))
    return _SPACE.sub(" ", _SCRIPT_EDGE.sub(" ", folded)).strip()


def says_something(text: str) -> bool:
    """Whether a text has a letter, a digit or a symbol, not punctuation and spaces alone."""
    return any(unicodedata.category(character)[0] in "LNS" for character in text)
