"""The levels of one attribute, found by itself from the values seen in training."""

import math
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MISSING = "(missing)"
OTHER = "(other)"
NOTHING = -1
"""A value that adds nothing to a score: missing where training saw none missing."""
UNKNOWN = -2
"""A value that training never saw."""

MAX_CODES = 50
"""Whole numbers with no more distinct values than this, each well filled, are codes."""
MIN_CLIENTS_A_CODE = 50
MAX_LEVELS = 50
MIN_CLIENTS_A_LEVEL = 5
BINS = 8

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T].*)?")


@dataclass(frozen=True, slots=True)
class Levels:
    """How one attribute is cut into levels.

    Attributes
    ----------
    names
        The levels as people may read them; the position is the code.
    edges
        Inner bin edges of a numeric attribute, ascending; None for categories.
    folded
        Categories too rare for a level of their own, read as `OTHER`. A category of a single
        client is not kept at all, so that no name or number of a person enters a model.
    """

    name: str
    names: tuple[str, ...]
    edges: tuple[float, ...] | None = None
    folded: tuple[str, ...] = ()

    def codes(self, values: pd.Series) -> NDArray[np.int64]:
        """Level of each value, shape (n,); `NOTHING` or `UNKNOWN` where there is none."""
        if self.edges is not None and _are_numbers(values):
            return self._codes_of_numbers(values.to_numpy(dtype=np.float64, na_value=np.nan))
        positions, distinct = pd.factorize(values, use_na_sentinel=True)
        table = np.array([self._code(value) for value in distinct] + [self._missing_code()])
        return table.astype(np.int64)[positions]

    def _codes_of_numbers(self, numbers: NDArray[np.float64]) -> NDArray[np.int64]:
        found = np.searchsorted(np.array(self.edges), numbers, side="right")
        found = np.where(np.isinf(numbers), UNKNOWN, found)
        return np.where(np.isnan(numbers), self._missing_code(), found).astype(np.int64)

    def code(self, value: object) -> int:
        """Level of one value; `NOTHING` or `UNKNOWN` where there is none."""
        return self._missing_code() if _is_missing(value) else self._code(value)

    def _missing_code(self) -> int:
        return self.names.index(MISSING) if MISSING in self.names else NOTHING

    def _code(self, value: object) -> int:
        if self.edges is not None:
            number = as_number(value)
            if math.isnan(number):
                return UNKNOWN
            return bisect_right(self.edges, number)
        text = as_text(value)
        if text in self.names:
            return self.names.index(text)
        return self.names.index(OTHER) if text in self.folded else UNKNOWN


def find_levels(name: str, values: pd.Series) -> Levels | None:
    """Cut an attribute into levels; None if it cannot tell clients apart."""
    present = values.dropna()
    missing = (MISSING,) if len(present) < len(values) else ()
    counts = present.value_counts()
    numbers = np.array([as_number(value) for value in counts.index], dtype=np.float64)
    numeric = bool(len(numbers)) and not np.isnan(numbers).any()
    if numeric and not _are_codes(counts.index, numbers, len(present)):
        show = _shown_as_date if _is_date(counts.index[0]) else _shown_as_number
        return _binned(name, np.repeat(numbers, counts.to_numpy()), missing, show)
    return _categories(name, counts, missing)


def _are_numbers(values: pd.Series) -> bool:
    kinds = pd.api.types
    return bool(kinds.is_numeric_dtype(values) and not kinds.is_bool_dtype(values))


def as_text(value: object) -> str:
    """One spelling a category: ``3`` and ``3.0`` are the same code."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def as_number(value: object) -> float:
    """Read a value as a number, a date as its day count; NaN if it is neither."""
    if isinstance(value, bool | np.bool_):
        return math.nan
    if isinstance(value, date):
        return float(value.toordinal())
    if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
        return _day(value.strip()[:10])
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan


def _is_missing(value: object) -> bool:
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    return isinstance(value, float | np.floating) and math.isnan(value)


def _day(text: str) -> float:
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return math.nan


def _is_date(value: object) -> bool:
    return isinstance(value, date) or (
        isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()) is not None
    )


def _shown_as_date(edge: float) -> str:
    return date.fromordinal(round(edge)).isoformat()


def _shown_as_number(edge: float) -> str:
    return f"{edge:.10g}"


def _are_codes(index: pd.Index, numbers: NDArray[np.float64], clients: int) -> bool:
    if _is_date(index[0]):
        return False
    whole = bool((numbers == np.round(numbers)).all())
    few = len(numbers) <= min(MAX_CODES, max(10, clients // MIN_CLIENTS_A_CODE))
    return whole and few


def _binned(
    name: str,
    numbers: NDArray[np.float64],
    missing: tuple[str, ...],
    show: Callable[[float], str],
) -> Levels | None:
    cuts = np.unique(np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1]))
    edges = tuple(float(cut) for cut in cuts if cut > numbers.min())
    if not edges and not missing:
        return None
    shown = [show(edge) for edge in edges]
    names = [f"{low}..{high}" for low, high in zip(["", *shown], [*shown, ""], strict=True)]
    return Levels(name, (*names, *missing), edges)


def _categories(name: str, counts: pd.Series, missing: tuple[str, ...]) -> Levels | None:
    texts = pd.Series(counts.to_numpy(), index=[as_text(value) for value in counts.index])
    totals = texts.groupby(level=0).sum().sort_index().sort_values(ascending=False, kind="stable")
    kept = totals[totals >= MIN_CLIENTS_A_LEVEL].index[:MAX_LEVELS]
    rare = totals.drop(index=kept)
    folded = tuple(rare[rare > 1].index)
    names = (*kept, *((OTHER,) if folded else ()), *missing)
    return Levels(name, names, None, folded) if len(names) > 1 else None
