import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.scoring.best import NONE, best

scores = arrays(
    np.float32,
    st.tuples(st.integers(1, 8), st.integers(1, 12)),
    elements=st.floats(-(2.0**90), 2.0**90, width=32).map(lambda number: number + 0.0),
)


@given(table=scores, limit=st.integers(1, 12), seed=st.integers(0, 99))
def test_the_best_are_those_a_plain_sort_finds(table: np.ndarray, limit: int, seed: int) -> None:
    """Highest first; of equal scores the earlier column; nothing that is closed."""
    closed = np.random.default_rng(seed).random(table.shape) < 0.3
    numbers, values = best(table, closed, limit)
    assert numbers.shape == values.shape == (len(table), min(limit, table.shape[1]))
    for row in range(len(table)):
        open_columns = [column for column in range(table.shape[1]) if not closed[row, column]]
        wanted = sorted(open_columns, key=lambda column: (-table[row, column], column))[:limit]
        found = numbers[row]
        assert list(found[found != NONE]) == wanted
        assert list(found[len(wanted) :]) == [NONE] * (len(found) - len(wanted))
        assert list(values[row, : len(wanted)]) == [table[row, column] for column in wanted]
