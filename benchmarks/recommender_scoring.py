"""How much faster folded scoring is than LightFM's own, on the same scores.

Run: ``python -m benchmarks.recommender_scoring [CLIENTS]``. Everything is invented.
"""

import sys
from time import perf_counter

import numpy as np
import scipy.sparse as sp
from lightfm import LightFM

from recommender.factors import fold, item_features

PRODUCTS = 26
ATTRIBUTES = 40
LEVELS = 8
HELD = 3


def invented_features(clients: int, rng: np.random.Generator) -> sp.csr_matrix:
    """One level of each attribute and three products a client."""
    levels = rng.integers(0, LEVELS, (clients, ATTRIBUTES)) + np.arange(ATTRIBUTES) * LEVELS
    products = rng.integers(0, PRODUCTS, (clients, HELD)) + ATTRIBUTES * LEVELS
    columns = np.hstack([levels, products]).ravel()
    rows = np.repeat(np.arange(clients), ATTRIBUTES + HELD)
    ones = np.ones(len(rows), dtype=np.float32)
    return sp.csr_matrix((ones, (rows, columns)), (clients, ATTRIBUTES * LEVELS + PRODUCTS))


def main(clients: int) -> None:
    """Train on a part, score all clients both ways, print times, ratio and largest difference."""
    rng = np.random.default_rng(0)
    features = invented_features(clients, rng)
    items = item_features(sp.csr_matrix((PRODUCTS, 0)), np.ones(PRODUCTS, dtype=np.int64))
    model = LightFM(no_components=16, loss="warp", random_state=0)
    wanted = sp.coo_matrix((rng.random((2000, PRODUCTS)) < 0.1).astype(np.float32))
    model.fit(wanted, user_features=features[:2000], item_features=items, epochs=2)

    started = perf_counter()
    ours = fold(model, items).of(features)
    folded = perf_counter() - started

    users, products = np.repeat(np.arange(clients), PRODUCTS), np.tile(np.arange(PRODUCTS), clients)
    started = perf_counter()
    theirs = model.predict(users, products, item_features=items, user_features=features)
    predicted = perf_counter() - started

    difference = np.abs(ours.ravel() - theirs).max()
    print(f"{clients} clients x {PRODUCTS} products, 1 thread")
    print(f"folded {folded:.2f} s, LightFM.predict {predicted:.2f} s: {predicted / folded:.1f}x")
    print(f"largest difference {difference:.1e}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
