"""A cell as it was typed into a sheet, into the text the tariff has for it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from knowledge.importing.words import folded, load_words
from knowledge.importing.workbook import CellValue

_DAY_ONE = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119, as Excel counts days
_BREAKS = re.compile(r"\s*[\n;|]+\s*")
_WORDS = "tariff_words"


def cell_text(column: str, value: CellValue, *, percent: bool) -> str:
    """Return what a cell says, for a column of the tariff.

    Parameters
    ----------
    percent
        Whether the sheet shows the number as a percentage, so that 0.0003 is 0.03 %.
    """
    if column == "rate" and percent and isinstance(value, int | float):
        return _number(Decimal(repr(value)) * 100)
    return _READERS.get(column, _chosen)(column, value)


def _date(column: str, value: CellValue) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return (_DAY_ONE + timedelta(days=int(value))).isoformat()
    text = _plain(value)
    if column == "effective_to" and text.lower() in load_words(_WORDS)["open"]:
        return ""
    for pattern in load_words(_WORDS)["dates"]:
        if found := re.fullmatch(pattern, text):
            return f"{int(found[1]):04d}-{int(found[2]):02d}-{int(found[3]):02d}"
    return text


def _money(_column: str, value: CellValue) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(repr(value)))
    text = _plain(value).lower().replace(",", "")
    for unit in sorted(load_words(_WORDS)["units"], key=len, reverse=True):
        text = text.removesuffix(unit).removeprefix(unit).strip()
    try:
        return _number(Decimal(text))
    except InvalidOperation:
        return _plain(value)


def _rate(column: str, value: CellValue) -> str:
    if isinstance(value, str):
        text = _plain(value).replace(" ", "")
        if text.endswith("\N{PER MILLE SIGN}"):
            return _scaled(text[:-1], Decimal("0.1"))
        return _scaled(text.removesuffix("%"), Decimal(1))
    return _money(column, value)


def _scaled(text: str, factor: Decimal) -> str:
    try:
        return _number(Decimal(text) * factor)
    except InvalidOperation:
        return text


def _brackets(_column: str, value: CellValue) -> str:
    return _BREAKS.sub("|", _plain(value)).replace(" ", "").replace(",", "").strip("|")


def _chosen(column: str, value: CellValue) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(Decimal(repr(value)))
    text = _plain(value)
    meant: Mapping[str, str] = load_words(_WORDS)["values"].get(column, {})
    return meant.get(folded(text), text)


def _plain(value: CellValue) -> str:
    return (
        unicodedata.normalize("NFKC", str(value)).strip()
        if str(value).isascii()
        else _wide(str(value))
    )


def _wide(text: str) -> str:
    """Fold digits, letters and the marks of numbers only: titles keep their own marks."""
    return "".join(
        unicodedata.normalize("NFKC", character) if character in _FULL_WIDTH else character
        for character in text
    ).strip()


def _number(value: Decimal) -> str:
    """Return a number without an exponent, rounded where binary made a tail of it."""
    exact = round(value, 10).normalize()
    return f"{exact:f}"


_FULL_WIDTH = frozenset(chr(code) for code in range(0xFF01, 0xFF5F)) - frozenset(
    "\N{FULLWIDTH COMMA}\N{FULLWIDTH LEFT PARENTHESIS}\N{FULLWIDTH RIGHT PARENTHESIS}"
    "\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}"
)
_READERS: Mapping[str, Callable[[str, CellValue], str]] = {
    "effective_from": _date,
    "effective_to": _date,
    "fee": _money,
    "floor": _money,
    "cap": _money,
    "rate": _rate,
    "brackets": _brackets,
}
