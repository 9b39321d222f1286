"""Leave-one-out contexts: what the model learns from.

A *context* is all that is known of a client except one held product, the *target*: the client's
attributes and the other products held. Each held product of each client gives one row. Clients
who hold a single product teach too: their context is their attributes alone, which is what the
model will see of a new client.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Contexts:
    """Training rows.

    Attributes
    ----------
    clients
        Row number of the client, shape (n,).
    targets
        Row number of the product left out, shape (n,).
    others
        The other products held, ones, shape (n, products).
    """

    clients: NDArray[np.int64]
    targets: NDArray[np.int64]
    others: sp.csr_matrix

    def __len__(self) -> int:
        return len(self.targets)

    def sample(self, most: int, rng: np.random.Generator) -> "Contexts":
        """At most so many rows, drawn without replacement."""
        if len(self) <= most:
            return self
        drawn = np.zeros(len(self), dtype=bool)
        drawn[rng.choice(len(self), most, replace=False)] = True
        return self.where(drawn)

    def where(self, kept: NDArray[np.bool_]) -> "Contexts":
        """Only the rows marked, in their order."""
        return Contexts(self.clients[kept], self.targets[kept], self.others[kept])


def leave_one_out(held: sp.csr_matrix) -> Contexts:
    """Make one row for each holding.

    Parameters
    ----------
    held
        Ones, shape (clients, products).
    """
    pairs = held.tocoo()
    order = np.lexsort((pairs.col, pairs.row))
    clients = pairs.row[order].astype(np.int64)
    targets = pairs.col[order].astype(np.int64)
    ones = np.ones(len(targets), dtype=np.float32)
    left_out = sp.csr_matrix(
        (ones, (np.arange(len(targets)), targets)), (len(targets), held.shape[1])
    )
    others = (held[clients] - left_out).tocsr()
    others.eliminate_zeros()
    return Contexts(clients, targets, others)
