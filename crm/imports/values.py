"""How the text of one cell becomes a value, or is refused with the code of a sentence."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

Parse = Callable[[str], object]

_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_GROUPED = re.compile(r"-?[0-9]+([,\uff0c'_ ][0-9]+)+(\.[0-9]+)?")
_TOO_FINE = re.compile(r"-?[0-9]{1,15}\.[0-9]{3,}")
_COUNT = re.compile(r"[0-9]{1,9}")
_FLAGS = {"yes": True, "no": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadValue(Exception):  # caught next to where it is raised, never leaves the import
    """A cell cannot be read; `code` names the sentence that says why."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, str] = detail


def text(value: str) -> str:
    """Return a text without control characters, which PostgreSQL cannot hold."""
    if _CONTROL.search(value):
        raise BadValue("control_character")
    return value


def identifier(value: str) -> str:
    """Return an id: letters, digits, `_`, `-`, `.`."""
    if not _ID.fullmatch(value):
        raise BadValue("bad_id")
    return value


def code(value: str) -> str:
    """Return a short code; free text, which could name people, is refused."""
    if not _CODE.fullmatch(value):
        raise BadValue("bad_code")
    return value


def one_of(vocabulary: type[StrEnum]) -> Parse:
    """Return a parser of the members of a vocabulary."""
    members = {member.value: member for member in vocabulary}

    def parse(value: str) -> object:
        if value not in members:
            raise BadValue("bad_choice", choices=" | ".join(members))
        return members[value]

    return parse


def list_of(parse: Parse) -> Parse:
    """Return a parser of a `;` list, read part by part."""

    def parse_list(value: str) -> object:
        return tuple(parse(part.strip()) for part in value.split(";") if part.strip())

    return parse_list


def day(value: str) -> date:
    """Return a date written YYYY-MM-DD."""
    if not _DATE.fullmatch(value):
        raise BadValue("bad_date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadValue("impossible_date") from None


def day_until(today: date) -> Parse:
    """Return a parser of dates that are not in the future."""

    def parse(value: str) -> object:
        parsed = day(value)
        if parsed > today:
            raise BadValue("future", today=today.isoformat())
        return parsed

    return parse


def month_until(today: date) -> Parse:
    """Return a parser of months YYYY-MM, as their first day, that are not in the future."""

    def parse(value: str) -> object:
        if not _MONTH.fullmatch(value):
            raise BadValue("bad_month")
        try:
            first = date.fromisoformat(f"{value}-01")
        except ValueError:
            raise BadValue("bad_month") from None
        if first > today:
            raise BadValue("future", today=today.isoformat())
        return first

    return parse


def year_until(today: date) -> Parse:
    """Return a parser of years of birth: 1900 to this year."""

    def parse(value: str) -> object:
        if not (_COUNT.fullmatch(value) and 1900 <= int(value) <= today.year):
            raise BadValue("bad_year", today=str(today.year))
        return int(value)

    return parse


def signed_amount(value: str) -> int:
    """Return an amount in fen from yuan with at most two decimals."""
    if not _AMOUNT.fullmatch(value):
        raise BadValue(_what_is_wrong_with(value))
    whole, _, decimals = value.partition(".")
    return int(whole + decimals.ljust(2, "0"))


def amount(value: str) -> int:
    """Return an amount in fen that cannot be negative."""
    fen = signed_amount(value)
    if fen < 0:
        raise BadValue("negative_amount")
    return fen


def count(value: str) -> int:
    """Return a whole number, not negative."""
    if not _COUNT.fullmatch(value):
        raise BadValue("bad_count")
    return int(value)


def yes_or_no(value: str) -> bool:
    """Return a flag written ``yes`` or ``no``."""
    if value not in _FLAGS:
        raise BadValue("bad_choice", choices=" | ".join(_FLAGS))
    return _FLAGS[value]


def _what_is_wrong_with(value: str) -> str:
    if _GROUPED.fullmatch(value):
        return "grouped_amount"
    return "too_fine_amount" if _TOO_FINE.fullmatch(value) else "bad_amount"
