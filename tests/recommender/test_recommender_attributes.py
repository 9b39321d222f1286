from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from recommender.attributes import find_attributes
from recommender.levels import MISSING, NOTHING, OTHER, UNKNOWN, Levels, find_levels


def levels(values: list[object]) -> Levels:
    found = find_levels("a", pd.Series(values, dtype=object))
    assert found is not None
    return found


def test_few_whole_numbers_are_codes_and_one_spelling_each() -> None:
    """3, 3.0 and "3" are the same code."""
    found = levels([3, 4] * 20)
    assert found.edges is None
    assert set(found.names) == {"3", "4"}
    three = found.names.index("3")
    assert_array_equal(found.codes(pd.Series([3, 3.0, "3"], dtype=object)), [three] * 3)


def test_amounts_are_cut_at_their_quantiles() -> None:
    """Eight bins of equal size, whatever the number's Python type."""
    found = levels([Decimal(n) / 4 for n in range(800)])
    codes = found.codes(pd.Series(np.arange(800) / 4))
    assert_array_equal(np.bincount(codes), [100] * 8)
    assert found.codes(pd.Series([-1e9, 1e9])).tolist() == [0, 7]


def test_dates_are_ordered_and_read_as_dates() -> None:
    found = levels([date(2020, 1, 1 + n % 28).isoformat() for n in range(280)])
    assert found.edges is not None
    assert found.names[0] == "..2020-01-04"
    assert found.codes(pd.Series([date(1999, 1, 1)], dtype=object)).tolist() == [0]


def test_rare_categories_are_folded_and_single_ones_never_stored() -> None:
    """A value only one client has could name that client."""
    found = levels(["city"] * 20 + ["town"] * 20 + ["hamlet"] * 2 + ["Li Invented"])
    assert found.folded == ("hamlet",)
    codes = found.codes(pd.Series(["hamlet", "Li Invented"]))
    assert codes.tolist() == [found.names.index(OTHER), UNKNOWN]


def test_a_bank_s_own_category_called_other_is_kept() -> None:
    assert "other" in levels(["other"] * 9 + ["shop"] * 9).names


def test_missing_is_a_level_only_where_training_saw_it() -> None:
    seen, unseen = levels(["x"] * 9 + ["y"] * 9 + [None]), levels(["x"] * 9 + ["y"] * 9)
    nothing = pd.Series([None, np.nan], dtype=object)
    assert seen.codes(nothing).tolist() == [seen.names.index(MISSING)] * 2
    assert unseen.codes(nothing).tolist() == [NOTHING] * 2


@pytest.mark.parametrize("values", [["same"] * 9, [1] * 9, [f"id{n}" for n in range(9)]])
def test_what_tells_nobody_apart_is_left_out(values: list[object]) -> None:
    assert find_levels("a", pd.Series(values, dtype=object)) is None


def test_all_attributes_of_a_client_together_have_length_one() -> None:
    frame = pd.DataFrame({"a": ["x", "y"] * 9, "b": [1, 2, 3] * 6, "c": [True, False] * 9})
    space = find_attributes(frame)
    rows = space.encode(frame).toarray()
    assert rows.shape == (18, 7)
    assert_allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=1e-6)


def test_an_unseen_value_is_reported_and_a_strange_column_ignored() -> None:
    space = find_attributes(pd.DataFrame({"a": ["x", "y"] * 9, "n": np.arange(18) / 7}))
    unknown = space.unknown({"a": "z", "n": "many", "strange": 1})
    assert [(found.name, found.value) for found in unknown] == [("a", "z"), ("n", "many")]
