"""The arithmetic of a fee, step by step, for a template to write out in either language.

============ ======================================================================
kind         values (money in minor units of the quote's currency)
============ ======================================================================
free         none
fixed        ``fee``
per_item     ``each``, ``quantity``, ``fee``
bracket      ``amount``, ``above`` (None for the lowest), ``up_to`` (None for the highest)
rate         ``amount``, ``percent`` (Decimal), ``exact`` (Fraction), ``fee`` (rounded)
floor        ``before``, ``fee`` (the least that is charged)
cap          ``before``, ``fee`` (the most that is charged)
quantity     ``each``, ``quantity``, ``fee``
============ ======================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

type StepValue = int | Decimal | Fraction | None


class StepKind(StrEnum):
    """What a step does."""

    FREE = "free"
    FIXED = "fixed"
    PER_ITEM = "per_item"
    BRACKET = "bracket"
    RATE = "rate"
    FLOOR = "floor"
    CAP = "cap"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic; the values of each kind stand in the module's table."""

    kind: StepKind
    values: Mapping[str, StepValue]


def step(kind: StepKind, **values: StepValue) -> Step:
    """Make a step whose values cannot be changed."""
    return Step(kind, MappingProxyType(values))
