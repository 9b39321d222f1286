"""What one run of the generator is told."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """Everything the sample depends on: the same settings give the same bytes."""

    seed: int = 20260901
    clients: int = 6000
    as_of: date = date(2026, 10, 31)
    months: int = 18
    """Months of indicators, the last one being the month of ``as_of``."""

    def month_starts(self) -> NDArray[np.datetime64]:
        """First days of the indicator months, oldest first."""
        last = np.datetime64(self.as_of, "M")
        return (last - np.arange(self.months)[::-1]).astype("datetime64[M]")
