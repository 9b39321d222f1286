"""The arithmetic of a fee, step by step, for a template to write out in either language.

============ ======================================================================
kind         values (money in minor units of the quote's currency unless said)
============ ======================================================================
free         none
fixed        ``fee``
per_item     ``each``, ``quantity``, ``fee``
allowance    ``free``, ``left`` (pieces charged after those that are free)
bracket      ``amount``, ``above`` (None for the lowest), ``up_to`` (None for the highest)
part         ``part`` (of the amount, in this bracket), ``above``, ``up_to``, ``percent``, ``exact``
sum          ``exact``, ``fee`` (rounded)
rate         ``amount``, ``percent`` (Decimal), ``exact`` (Fraction), ``fee`` (rounded)
floor        ``before``, ``fee`` (the least that is charged)
cap          ``before``, ``fee`` (the most that is charged)
quantity     ``each``, ``quantity``, ``fee``
periods      ``each``, ``months`` (of one period), ``periods``, ``fee``
by_months    ``each``, ``months`` (of one period), ``used`` (months begun), ``fee``
by_days      ``each``, ``whole`` (periods), ``used`` (days left), ``days`` (of a period), ``fee``
convert      ``amount`` (of ``foreign``), ``foreign``, ``rate`` (Decimal), ``unit``, ``on``, ``fee``
             (the amount in the home currency)
waiver       ``waiver`` (id), ``before``, ``fee``; ``percent`` or ``less`` taken off
============ ======================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

type StepValue = int | Decimal | Fraction | str | date | None


class StepKind(StrEnum):
    """What a step does."""

    FREE = "free"
    FIXED = "fixed"
    PER_ITEM = "per_item"
    ALLOWANCE = "allowance"
    BRACKET = "bracket"
    PART = "part"
    SUM = "sum"
    RATE = "rate"
    FLOOR = "floor"
    CAP = "cap"
    QUANTITY = "quantity"
    PERIODS = "periods"
    BY_MONTHS = "by_months"
    BY_DAYS = "by_days"
    CONVERT = "convert"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic; the values of each kind stand in the module's table."""

    kind: StepKind
    values: Mapping[str, StepValue]


def step(kind: StepKind, **values: StepValue) -> Step:
    """Make a step whose values cannot be changed."""
    return Step(kind, MappingProxyType(values))
