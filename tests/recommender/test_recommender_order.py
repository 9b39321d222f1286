"""The likeliest product stands first; the tilt towards rare ones orders the rest."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.order import likeliest_first

TABLES = arrays(np.float64, (4, 6), elements=st.floats(-20, 20).map(lambda x: round(x, 3)))
TILTS = arrays(np.float64, 6, elements=st.floats(0, 3).map(lambda x: round(x, 3)))


@given(scores=TABLES, tilt=TILTS, seed=st.integers(0, 99))
def test_the_likeliest_open_product_is_first_and_the_rest_go_by_score(
    scores: np.ndarray, tilt: np.ndarray, seed: int
) -> None:
    """Against a sort by hand, row by row."""
    closed = np.random.default_rng(seed).random(scores.shape) < 0.3
    order = likeliest_first(scores, tilt, closed)
    for row in range(len(scores)):
        open_to = np.flatnonzero(~closed[row])
        if not len(open_to):
            continue
        first = max(open_to, key=lambda product: (scores[row, product] - tilt[product], -product))
        rest = sorted(
            (product for product in open_to if product != first or not tilt.any()),
            key=lambda product: (-scores[row, product], product),
        )
        wanted = [first, *rest] if tilt.any() else rest
        found = sorted(open_to, key=lambda product: (-order[row, product], product))
        assert found == wanted


@given(scores=TABLES)
def test_without_a_tilt_the_order_is_that_of_the_scores(scores: np.ndarray) -> None:
    none = np.zeros(scores.shape, dtype=bool)
    assert likeliest_first(scores, np.zeros(6), none) is scores
