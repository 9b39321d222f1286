import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.testing import assert_array_equal

from recommender.contexts import leave_one_out
from recommender.factors import interactions


def rows() -> pd.DataFrame:
    contexts = leave_one_out(sp.csr_matrix(np.array([[1, 1, 0], [0, 0, 1], [1, 1, 1]], np.float32)))
    frame = pd.DataFrame(contexts.others.toarray().astype(int), columns=["a", "b", "c"])
    return frame.assign(client=contexts.clients, target=contexts.targets)


def test_every_holding_is_left_out_once_beside_the_others() -> None:
    """Two products give two rows, one gives a row without holdings, three give three."""
    expected = pd.DataFrame(
        {
            "a": [0, 1, 0, 0, 1, 1],
            "b": [1, 0, 0, 1, 0, 1],
            "c": [0, 0, 0, 1, 1, 0],
            "client": [0, 0, 1, 2, 2, 2],
            "target": [0, 1, 2, 0, 1, 2],
        }
    )
    pd.testing.assert_frame_equal(rows(), expected)


def test_held_products_are_stepped_over_and_never_wrong_answers() -> None:
    """The target is 1, what is held beside it is −1, and only the rest is empty."""
    contexts = leave_one_out(sp.csr_matrix(np.array([[1, 1, 0], [0, 0, 1]], np.float32)))
    wanted = interactions(contexts, np.array([0, 1, 2]))
    assert_array_equal(wanted.toarray(), [[1, -1, 0], [-1, 1, 0], [0, 0, 1]])


def test_sampling_keeps_rows_whole_and_repeats_for_a_seed() -> None:
    contexts = leave_one_out(sp.csr_matrix(np.ones((30, 4), np.float32)))
    first, second = (contexts.sample(50, np.random.default_rng(1)) for _ in range(2))
    assert len(first) == 50
    assert_array_equal(first.targets, second.targets)
    assert_array_equal(first.others.toarray().sum(axis=1), 3)
    assert not first.others.toarray()[np.arange(50), first.targets].any()
