"""What speaks most for each suggested product: the largest parts of its score."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from recommender.scoring.best import NONE, best

type Numbers = NDArray[np.int32]
type Floats = NDArray[np.float32]


def largest(
    features: sp.csr_matrix,
    weights: Floats,
    products: NDArray[np.int16],
    limit: int,
    unsaid: NDArray[np.bool_],
) -> tuple[Numbers, Floats]:
    """Take the scores of suggested products apart and keep what speaks most for each.

    Parameters
    ----------
    features
        Contexts, shape (clients, features).
    weights
        Shape (features, products).
    products
        Suggested products, shape (clients, suggestions); `NONE` where there is none.
    unsaid
        Features never to be named, shape (features,).

    Returns
    -------
    tuple
        Feature numbers, largest contribution first, `NONE` where nothing more speaks for it, and
        the contributions; both of shape (clients, suggestions, limit).
    """
    shape = (*products.shape, limit)
    numbers = np.full(shape, NONE, dtype=np.int32)
    parts = np.zeros(shape, dtype=np.float32)
    if not limit:
        return numbers, parts
    columns, values = _padded(features)
    hidden = unsaid[columns]
    for place in range(products.shape[1]):
        product = products[:, place]
        shares = weights[columns, np.maximum(product, 0)[:, None]]
        shares *= values
        closed = hidden | (shares <= 0) | (product == NONE)[:, None]
        positions, found = best(shares, closed, limit)
        chosen = np.take_along_axis(columns, np.maximum(positions, 0).astype(np.int64), axis=1)
        width = positions.shape[1]
        numbers[:, place, :width] = np.where(positions == NONE, NONE, chosen)
        parts[:, place, :width] = found
    return numbers, parts


def _padded(features: sp.csr_matrix) -> tuple[Numbers, Floats]:
    """Lay out sparse rows side by side, shape (clients, longest row), filled up with zeros."""
    lengths = np.diff(features.indptr)
    width = max(int(lengths.max(initial=0)), 1)
    filled = np.arange(width) < lengths[:, None]
    columns = np.zeros(filled.shape, dtype=np.int32)
    values = np.zeros(filled.shape, dtype=np.float32)
    columns[filled] = features.indices
    values[filled] = features.data
    return columns, values
