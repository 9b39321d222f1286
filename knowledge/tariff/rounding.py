"""From an exact fee to whole minor units, by the rule of the row."""

import math
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """How a part of a minor unit is treated."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


def round_minor(exact: Fraction, rule: Rounding) -> int:
    """Return whole minor units.

    Parameters
    ----------
    exact : Fraction
        A fee of zero or more, in minor units.
    rule : Rounding
        ``half_up`` takes a half and more up.
    """
    if rule is Rounding.UP:
        return math.ceil(exact)
    if rule is Rounding.DOWN:
        return math.floor(exact)
    return math.floor(exact + Fraction(1, 2))
