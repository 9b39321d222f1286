"""Conditions on a client's attributes, as rule files write them; for one client or a block.

An attribute that is not known meets no condition: what cannot be read decides nothing in favour
of an offer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender.rule_files import Entry


class Comparison(StrEnum):
    """How a value is compared."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class Condition:
    """One attribute and what it must be.

    Attributes
    ----------
    bound
        For the numeric tests, in the attribute's own unit; money in yuan.
    values
        For `Comparison.ONE_OF`.
    """

    attribute: str
    test: Comparison
    bound: float = 0.0
    values: tuple[str, ...] = ()

    def met(self, attributes: Mapping[str, object]) -> bool:
        """Tell whether one client meets it."""
        value = attributes.get(self.attribute)
        if self.test is Comparison.ONE_OF:
            return isinstance(value, str) and value in self.values
        if not isinstance(value, int | float) or value != value:  # noqa: PLR0124  # NaN
            return False
        return value >= self.bound if self.test is Comparison.AT_LEAST else value <= self.bound

    def met_by(self, columns: Mapping[str, NDArray[np.generic]], rows: int) -> NDArray[np.bool_]:
        """Tell for every client of a block, shape (rows,); columns are as in `met`."""
        column = columns.get(self.attribute)
        if column is None:
            return np.zeros(rows, dtype=np.bool_)
        if self.test is Comparison.ONE_OF:
            return np.isin(column.astype(str), self.values) & ~pd.isna(column)
        numbers = pd.to_numeric(pd.Series(column), errors="coerce").to_numpy(dtype=np.float64)
        if self.test is Comparison.AT_LEAST:
            return np.asarray(numbers >= self.bound, dtype=np.bool_)
        return np.asarray(numbers <= self.bound, dtype=np.bool_)

    @property
    def wanted(self) -> str:
        """The bound or the values, as text without a unit."""
        return ", ".join(self.values) if self.test is Comparison.ONE_OF else f"{self.bound:g}"


def read_condition(entry: Entry) -> Condition:
    """Read a condition such as ``{attribute: age, at_most: 70}``."""
    entry.only("attribute", *Comparison)
    tests = [test for test in Comparison if entry.has(test)]
    if len(tests) != 1:
        entry.fault("attribute", "", f"needs exactly one of {', '.join(Comparison)}")
        return Condition("", Comparison.ONE_OF)
    [test] = tests
    attribute = entry.text("attribute")
    if test is Comparison.ONE_OF:
        return Condition(attribute, test, values=entry.words(test, required=True))
    return Condition(attribute, test, bound=entry.number(test))


def read_conditions(entries: Sequence[Entry]) -> tuple[Condition, ...]:
    """Read conditions that must all be met."""
    return tuple(read_condition(entry) for entry in entries)
