"""Brackets of the tariff: ``2000:2|5000:5|*:0.03%<=50`` and nothing looser.

Brackets of the parts of an amount hold rates alone: ``10000:0.5%|50000:0.3%|*:0.1%``.
"""

import re
from itertools import pairwise

from knowledge.reading.money import MoneyReader
from knowledge.reading.place import Place
from knowledge.tariff.bases import Fixed
from knowledge.tariff.rates import Bracket, Brackets, Part, Rate

_BRACKET = re.compile(
    r"(?P<top>\*|[\d.]+):"
    r"(?:(?P<fee>[\d.]+)|(?P<rate>[\d.]+)%(?:>=(?P<floor>[\d.]+))?(?:<=(?P<cap>[\d.]+))?)"
)


def read_brackets(text: str, place: Place, money: MoneyReader) -> Brackets:
    """Read brackets in rising order, the last one open at the top.

    Returns only the brackets that can be read; every other is a fault.
    """
    brackets = []
    for part in text.split("|"):
        matched = _BRACKET.fullmatch(part.strip())
        if matched is None:
            money.faults.append(place.fault(part.strip(), "bracket_bad"))
        else:
            brackets.append(_bracket(matched, place, money))
    _check_order([bracket.up_to for bracket in brackets], text, place, money)
    return Brackets(tuple(brackets))


def read_parts(text: str, place: Place, money: MoneyReader) -> tuple[Part, ...]:
    """Read the rates of the parts of an amount, rising, the last one open at the top."""
    parts = []
    for piece in text.split("|"):
        matched = _BRACKET.fullmatch(piece.strip())
        if matched is None or not matched["rate"] or matched["floor"] or matched["cap"]:
            money.faults.append(place.fault(piece.strip(), "part_bad"))
        else:
            parts.append(Part(_top(matched, place, money), money.percent(matched["rate"], place)))
    _check_order([part.up_to for part in parts], text, place, money)
    return tuple(parts)


def check_limits(floor: int | None, cap: int | None, place: Place, money: MoneyReader) -> None:
    """Add a fault where the least charge is above the most."""
    if floor is not None and cap is not None and floor > cap:
        money.faults.append(place.fault(f"{floor} > {cap}", "floor_above_cap"))


def _bracket(matched: re.Match[str], place: Place, money: MoneyReader) -> Bracket:
    top = _top(matched, place, money)
    if matched["fee"]:
        return Bracket(top, Fixed(money.minor(matched["fee"], place)))
    floor = money.optional_minor(matched["floor"] or "", place)
    cap = money.optional_minor(matched["cap"] or "", place)
    check_limits(floor, cap, place, money)
    return Bracket(top, Rate(money.percent(matched["rate"], place), floor, cap))


def _top(matched: re.Match[str], place: Place, money: MoneyReader) -> int | None:
    return None if matched["top"] == "*" else money.minor(matched["top"], place)


def _check_order(tops: list[int | None], text: str, place: Place, money: MoneyReader) -> None:
    bounded = [top for top in tops if top is not None]
    if None in tops[:-1] or (tops and tops[-1] is not None):
        money.faults.append(place.fault(text, "brackets_not_closed"))
    elif any(low >= high for low, high in pairwise([0, *bounded])):
        money.faults.append(place.fault(text, "brackets_not_rising"))
