"""Shares with their uncertainty, and an honest word where there is too little to say."""

from dataclasses import dataclass
from math import sqrt

from scipy.stats import binomtest

FEWEST = 20
"""Below so many answers a share is shown as counts only."""
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson (1927, JASA 22:209)."""

    hits: int
    total: int

    @property
    def enough(self) -> bool:
        """Whether there is enough to state a share at all."""
        return self.total >= FEWEST

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval; all of 0 to 1 of nothing."""
        if not self.total:
            return 0.0, 1.0
        found = binomtest(self.hits, self.total).proportion_ci(_CONFIDENCE, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, with the interval of Newcombe (1998, Stat. Med. 17:873)."""

    one: Share
    other: Share

    @property
    def enough(self) -> bool:
        """Whether both shares have enough behind them."""
        return self.one.enough and self.other.enough

    @property
    def value(self) -> float:
        """The difference."""
        return self.one.value - self.other.value

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the difference."""
        (low, high), (other_low, other_high) = self.one.interval, self.other.interval
        down = sqrt((self.one.value - low) ** 2 + (other_high - self.other.value) ** 2)
        up = sqrt((high - self.one.value) ** 2 + (self.other.value - other_low) ** 2)
        return self.value - down, self.value + up
