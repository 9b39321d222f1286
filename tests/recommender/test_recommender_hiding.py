"""What is hidden to weigh the stages is hidden as it will be asked for."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender import hiding
from recommender.contexts import Contexts, leave_one_out
from recommender.hiding import hide

HELD = arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(2, 6)))


@given(held=HELD, seed=st.integers(0, 99))
def test_what_is_hidden_of_a_client_is_left_nowhere_and_all_else_stays(
    held: np.ndarray, seed: int
) -> None:
    """Against the holdings themselves: one product of each client asked about is taken out."""
    contexts = leave_one_out(sp.csr_matrix(held, dtype=np.float32))
    for part in hide(contexts, np.random.default_rng(seed)):
        asked = contexts.where(part.asked)
        assert len(set(asked.clients)) == len(asked)
        left = held.copy()
        left[asked.clients, asked.targets] = False
        expected = leave_one_out(sp.csr_matrix(left, dtype=np.float32))
        assert part.left.clients.tolist() == expected.clients.tolist()
        assert part.left.targets.tolist() == expected.targets.tolist()
        assert (part.left.others.toarray() == expected.others.toarray()).all()


@given(held=HELD, seed=st.integers(0, 99))
def test_every_client_who_holds_anything_is_asked_about_once(held: np.ndarray, seed: int) -> None:
    contexts = leave_one_out(sp.csr_matrix(held, dtype=np.float32))
    parts = hide(contexts, np.random.default_rng(seed))
    asked = [contexts.clients[part.asked] for part in parts]
    found = sorted(np.concatenate(asked).tolist()) if asked else []
    assert found == np.flatnonzero(held.any(axis=1)).tolist()


def test_in_time_the_last_opened_is_hidden() -> None:
    """Of a client's rows the one before which most was held."""
    others = sp.csr_matrix(np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0]], dtype=np.float32))
    contexts = Contexts(np.zeros(3, dtype=np.int64), np.arange(3), others)
    for seed in range(5):
        [part] = hide(contexts, np.random.default_rng(seed))
        assert contexts.targets[part.asked].tolist() == [2]


def test_of_many_clients_one_part_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hiding, "ENOUGH", 3)
    contexts = leave_one_out(sp.csr_matrix(np.ones((16, 3), dtype=np.float32)))
    [part] = hide(contexts, np.random.default_rng(0))
    assert part.asked.sum() == 3
    assert len(part.left) == 16 * 3 - 3


@pytest.mark.parametrize(("clients", "parts", "most"), [(100, 3, 34), (101, 3, 21)])
def test_no_more_than_a_third_of_few_and_a_fifth_of_many_clients_miss_a_product_at_once(
    clients: int, parts: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "ENOUGH", 50)
    contexts = leave_one_out(sp.csr_matrix(np.ones((clients, 3), dtype=np.float32)))
    found = hide(contexts, np.random.default_rng(0))
    assert len(found) == parts
    assert max(part.asked.sum() for part in found) == most
