"""The best few products of each client of a block, in one sort of packed integers."""

import numpy as np
from numpy.typing import NDArray

NONE = -1
_CLOSED = np.float32(-np.inf)
_MAGNITUDE = np.int32(0x7FFFFFFF)
_ROOM = 16
_LOW = np.int64((1 << _ROOM) - 1)


def best(
    scores: NDArray[np.float32], closed: NDArray[np.bool_], limit: int
) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
    """Find the highest scores of each row that are not closed.

    The bits of a float, read as an integer, are in the order of the floats once the magnitude of
    the negative ones is turned round. With the column's number below them, one integer a cell
    decides score first and then the earlier column, so equal scores always come out alike.

    Parameters
    ----------
    scores, closed
        Shape (rows, columns), at most 65,536 columns; scores finite.
    limit
        How many columns to find in each row.

    Returns
    -------
    tuple
        Column numbers, best first, `NONE` where no more are open, and their scores (0 there);
        both of shape (rows, min(limit, columns)).
    """
    columns = scores.shape[1]
    keys = _ordered(np.where(closed, _CLOSED, scores))
    keys <<= _ROOM
    keys |= np.arange(columns - 1, -1, -1, dtype=np.int64)
    keys.sort(axis=1)
    found = keys[:, : -limit - 1 : -1]
    numbers = (columns - 1 - (found & _LOW)).astype(np.int16)
    values = _restored(found >> _ROOM)
    missing = values == _CLOSED
    numbers[missing] = NONE
    values[missing] = 0.0
    return numbers, values


def _ordered(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    bits = scores.view(np.int32)
    return np.asarray((bits ^ ((bits >> 31) & _MAGNITUDE)).astype(np.int64))


def _restored(ordered: NDArray[np.int64]) -> NDArray[np.float32]:
    bits = ordered.astype(np.int32)
    return (bits ^ ((bits >> 31) & _MAGNITUDE)).view(np.float32)
