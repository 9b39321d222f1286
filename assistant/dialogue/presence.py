"""Which columns a text has, however often and however they are weighed. Free of Rasa."""

import numpy as np
from scipy.sparse import csr_matrix


def presence(rows: csr_matrix) -> csr_matrix:
    """Return rows of the same shape with a 1 wherever there is anything."""
    ones = np.ones(len(rows.data), dtype=np.float32)
    return csr_matrix((ones, rows.indices, rows.indptr), shape=rows.shape)
