"""The split on which versions are compared: the same holdings for every version ever trained.

Which holdings are hidden is decided by a hash of client and product alone, not by a seed or by the
order of the data. A version measured on this split months ago has, in its measured twin, not seen
the holdings that are hidden today, except where a hidden holding was closed meanwhile and another
of the client's took its place.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recommender.columns import Columns
from recommender.dataset import PAIR, Dataset

SHARE = 0.2
FEWEST = 20
"""Below so many hidden holdings nothing is compared."""
_LARGEST = float(2**64)


def hold_out(dataset: Dataset, share: float = SHARE) -> tuple[Dataset, pd.DataFrame]:
    """Hide one holding of about a share of those clients who hold two or more.

    Returns
    -------
    tuple
        What stays visible, and the hidden pairs.
    """
    holdings = dataset.holdings
    clients = holdings[Columns.CLIENT].astype(str)
    counts = clients.groupby(clients).transform("size")
    chosen = holdings[(_hashes(clients) < share).astype(bool) & (counts > 1).to_numpy()]
    pairs = chosen[Columns.CLIENT].astype(str) + "\n" + chosen[Columns.PRODUCT].astype(str)
    first = chosen.assign(_place=_hashes(pairs)).sort_values("_place")
    hidden = first.drop_duplicates(Columns.CLIENT).sort_values(PAIR)[PAIR]
    visible = Dataset(
        dataset.clients,
        holdings.drop(index=hidden.index),
        dataset.products,
        dataset.client_ids,
        dataset.product_ids,
    )
    return visible, hidden


def _hashes(texts: Iterable[str]) -> NDArray[np.float64]:
    """Spread texts evenly over 0 to 1, alike on every machine."""
    digests = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.array([int.from_bytes(each) / _LARGEST for each in digests], dtype=np.float64)
