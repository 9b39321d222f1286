"""Chances are shares of what is open, however far apart or from zero the scores are."""

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import softmax

from recommender.scoring.scorer import Scorer

CLIENTS, PRODUCTS = 400, 7


def scorer(tilt: np.ndarray[Any, Any]) -> Scorer:
    nothing: Any = None  # chances look at the tilt alone
    return Scorer(nothing, nothing, nothing, tilt)


@pytest.mark.parametrize("reach", [0.0, 5.0, 79.0, 81.0, 300.0, 2_000.0])
@pytest.mark.parametrize("middle", [0.0, -60.0, 60.0])
def test_chances_are_those_of_the_softmax_over_what_is_open(reach: float, middle: float) -> None:
    random = np.random.default_rng(7)
    scores = random.uniform(-reach, reach, (CLIENTS, PRODUCTS)).astype(np.float32)
    scores += np.float32(middle)
    shut = random.random((CLIENTS, PRODUCTS)) < 0.4
    shut[:, 0] = False
    ready = random.uniform(0.1, 0.9, CLIENTS).astype(np.float32)
    tilt = random.normal(size=PRODUCTS).astype(np.float32)
    found = scorer(tilt).chances(scores, shut, ready)
    wide = np.where(shut, -np.inf, scores.astype(np.float64) - tilt)
    assert found.dtype == np.float32
    assert_allclose(found, softmax(wide, axis=1) * ready[:, None], rtol=2e-3, atol=1e-6)


def test_nothing_open_has_no_chance_and_nobody_no_chances() -> None:
    flat = scorer(np.zeros(PRODUCTS, dtype=np.float32))
    shut = np.ones((1, PRODUCTS), dtype=np.bool_)
    ones = np.ones(1, dtype=np.float32)
    far = np.full((1, PRODUCTS), -500, dtype=np.float32)
    assert not flat.chances(far, shut, ones).any()
    assert flat.chances(far[:0], shut[:0], ones[:0]).shape == (0, PRODUCTS)
