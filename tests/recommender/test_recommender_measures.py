from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import log_softmax

from recommender.baselines import co_occurrence, ease, popularity
from recommender.metrics import quality, ranks
from recommender.mixing import EVENINGS, Unseen, fit_evening, fit_mixture, mix
from recommender.order import likeliest_first

HOLDINGS = arrays(np.float32, (12, 4), elements=st.sampled_from([0.0, 1.0]))


def test_ranks_leave_out_what_is_held_and_count_ties_against() -> None:
    """Worked by hand: held 9 is stepped over, the equal 5 stands ahead."""
    scores = np.array([[9.0, 5.0, 5.0, 1.0], [4.0, 3.0, 2.0, 1.0]])
    held = np.array([[True, False, False, False], [False, False, False, False]])
    assert_array_equal(ranks(scores, np.array([1, 3]), held), [2, 4])


def test_figures_match_a_hand_worked_example() -> None:
    found = quality(np.array([1, 2, 4, 1]), np.array([0, 0, 1, 2]))
    assert (found.hr_at_1, found.hr_at_3) == (0.5, 0.75)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4 + 1) / 4)
    assert found.macro_hr_at_3 == pytest.approx((1 + 0 + 1) / 3)


@given(HOLDINGS)
def test_ease_is_the_ridge_regression_of_each_product_on_the_others(held: np.ndarray) -> None:
    """The closed form equals solving each product's own regression without itself."""
    expected = np.zeros_like(held, dtype=np.float64)
    for product in range(4):
        rest = [other for other in range(4) if other != product]
        x, y = held[:, rest].astype(float), held[:, product].astype(float)
        expected[:, product] = x @ np.linalg.solve(x.T @ x + 2.0 * np.eye(3), x.T @ y)
    assert_allclose(ease(sp.csr_matrix(held), 2.0), expected, atol=1e-9)


@given(HOLDINGS)
def test_co_occurrence_is_naive_bayes_written_as_loops(held: np.ndarray) -> None:
    expected = np.zeros((12, 4))
    counts = held.sum(axis=0)
    for client in range(12):
        for product in range(4):
            expected[client, product] = np.log(counts[product] + 1)
            for other in np.flatnonzero(held[client]):
                both = (held[:, other] * held[:, product]).sum()
                expected[client, product] += np.log((both + 1) / (counts[product] + 2))
    assert_allclose(co_occurrence(sp.csr_matrix(held)), expected, rtol=1e-6, atol=1e-6)


def test_popularity_is_the_number_of_holders_for_everyone() -> None:
    held = sp.csr_matrix(np.array([[1, 0], [1, 1]], np.float32))
    assert_array_equal(popularity(held), [[2, 1], [2, 1]])


def unseen_stages(rng: np.random.Generator, rows: int = 4000) -> Unseen:
    truth, noise = rng.normal(size=(rows, 5)), rng.normal(size=(rows, 5))
    truth[:, 0] += 2.0
    chances = np.exp(log_softmax(truth, axis=1)).cumsum(axis=1)
    targets = (rng.random((rows, 1)) > chances).sum(axis=1).clip(max=4)
    stages = np.array([truth / 2, noise], dtype=np.float32)
    return Unseen(stages, targets, np.zeros((rows, 5), dtype=bool), np.ones(rows))


def test_mixing_finds_the_scale_that_made_the_answers() -> None:
    """A stage on half the true scale is doubled; a stage of noise gets next to nothing."""
    mixture = fit_mixture(unseen_stages(np.random.default_rng(0)))
    assert mixture.shares[0] == pytest.approx(2.0, abs=0.15)
    assert mixture.shares[1] < 0.1
    assert np.ptp(mixture.shift) < 0.3


def test_mixing_puts_right_a_product_all_stages_overrate() -> None:
    tested = unseen_stages(np.random.default_rng(1), 20_000)
    stages = tested.stages.copy()
    stages[0, :, 2] += 1.0
    shift = fit_mixture(replace(tested, stages=stages)).shift
    assert shift[2] - np.delete(shift, 2).mean() == pytest.approx(-2.0, abs=0.3)


def test_evening_costs_nothing_and_takes_the_largest_step_that_does_not() -> None:
    """No more is lost than chance would take, and of such steps it is the largest."""
    tested = unseen_stages(np.random.default_rng(17))
    mixture = fit_mixture(tested)
    rarity = -np.log(np.bincount(tested.targets, minlength=5) / 4000)
    step = fit_evening(tested, mixture, rarity)
    plain = mix(mixture, tested.stages)

    def is_free(step: float) -> bool:
        told = []
        for tilt in (np.zeros(5), step * rarity):
            order = likeliest_first(plain + tilt, tilt, tested.closed)
            found = ranks(order, tested.targets, tested.closed)
            told.append(((found <= 3) + 1 / found) / 2)
        lost = told[0] - told[1]
        return bool(lost.mean() <= 1.96 * lost.std() / np.sqrt(len(lost)))

    assert step == max(each for each in EVENINGS if is_free(each))
    assert 0 < step < max(EVENINGS)


def test_too_few_tested_rows_leave_all_stages_alike() -> None:
    tested = Unseen(
        np.zeros((2, 3, 4), np.float32), np.zeros(3, np.int64), np.zeros((3, 4), bool), np.ones(3)
    )
    assert fit_mixture(tested).shares == (0.5, 0.5)
