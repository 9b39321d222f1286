"""One converter between the bank's identifiers and row numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Identifiers in row order.

    Parameters
    ----------
    ids
        Unique; the position is the row number.

    Raises
    ------
    ValueError
        If an identifier occurs twice.
    """

    ids: tuple[str, ...]
    _index: pd.Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = pd.Index(self.ids, dtype=object)
        if not index.is_unique:
            raise ValueError(f"identifier {index[index.duplicated()][0]!r} occurs twice")
        object.__setattr__(self, "_index", index)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, outside: object) -> bool:
        return outside in self._index

    def rows(self, outside: Iterable[str]) -> NDArray[np.int64]:
        """Row numbers of `outside`, shape (n,); −1 where an identifier is not known."""
        found = self._index.get_indexer(pd.Index(list(outside), dtype=object))
        return np.asarray(found, dtype=np.int64)
