"""Single values of content files; what is not valid becomes a fault and a harmless value."""

from collections.abc import Iterable
from datetime import date

from knowledge.errors import Fault
from knowledge.reading.place import Place

type Cell = tuple[str, Place]


def read_date(cell: Cell, faults: list[Fault]) -> date:
    """Return an ISO date; `date.min` with a fault where it is none."""
    text, place = cell
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(place.fault(text, "not_date" if text else "field_missing"))
        return date.min


def read_period(first: Cell, last: Cell, faults: list[Fault]) -> tuple[date, date | None]:
    """Return the first and the last day; an empty last day is open."""
    begin = read_date(first, faults)
    text, place = last
    if not text:
        return begin, None
    end = read_date(last, faults)
    if date.min < end < begin:
        faults.append(place.fault(text, "ends_before_start"))
    return begin, end


def read_whole(cell: Cell, faults: list[Fault]) -> int:
    """Return a whole number above zero; 1 with a fault where it is none."""
    text, place = cell
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    faults.append(place.fault(text, "not_whole_positive" if text else "field_missing"))
    return 1


def read_choice[T: str](cell: Cell, allowed: Iterable[T], faults: list[Fault]) -> T | None:
    """Return the allowed value that is written so; None with a fault where there is none."""
    text, place = cell
    for value in allowed:
        if value == text:
            return value
    faults.append(place.fault(text, "not_allowed" if text else "field_missing"))
    return None


def read_default[T: str](cell: Cell, allowed: Iterable[T], default: T, faults: list[Fault]) -> T:
    """Return the allowed value that is written so; the default where the cell is empty."""
    if not cell[0]:
        return default
    found = read_choice(cell, allowed, faults)
    return default if found is None else found


def read_list(cell: Cell) -> tuple[str, ...]:
    """Return what stands between semicolons, without blanks and empty parts."""
    return tuple(part.strip() for part in cell[0].split(";") if part.strip())
