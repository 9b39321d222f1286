"""In which order products are named: the likeliest first, then as the scores say.

Scores hold a tilt that moves rare products up where chances are near. It gives the second and
third place to products that say more of this client; the first place is the likeliest product's.
"""

import numpy as np
from numpy.typing import NDArray

ABOVE_ALL = 1e30


def likeliest_first[Number: (np.float32, np.float64)](
    scores: NDArray[Number], tilt: NDArray[Number], closed: NDArray[np.bool_]
) -> NDArray[Number]:
    """Lift the likeliest open product of each row above all others; the rest stays.

    Parameters
    ----------
    scores, closed
        Shape (rows, products).
    tilt
        What of the scores is no part of the chance, shape (products,).
    """
    if not tilt.any():
        return scores
    likely = scores - tilt
    likely[closed] = -np.inf
    lifted = scores.copy()
    lifted[np.arange(len(scores)), likely.argmax(axis=1)] = ABOVE_ALL
    return lifted
