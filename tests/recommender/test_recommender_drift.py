"""How far today's clients are from those of training."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.dataset import Dataset
from recommender.drift import (
    SHIFTED,
    Counts,
    Snapshot,
    compare,
    load_snapshot,
    save_snapshot,
    take_snapshot,
)
from recommender.errors import ModelBroken
from recommender.trained import TrainedModel

counts = st.lists(st.integers(0, 5000), min_size=2, max_size=12)


def of(*clients: int) -> Snapshot:
    levels = tuple(f"level {number}" for number in range(len(clients)))
    return Snapshot((Counts("age", levels, clients),), ())


def changed(bank: Dataset, **columns: object) -> Dataset:
    holdings, products = bank.holdings, bank.products.reset_index()
    return Dataset.of(bank.clients.assign(**columns).reset_index(), holdings, products)


@given(then=counts, seed=st.integers(0, 99))
def test_the_index_is_the_published_formula_and_symmetric(then: list[int], seed: int) -> None:
    """Σ (q − p) ln(q / p) over levels that anybody has, half a client added to each."""
    now = np.random.default_rng(seed).integers(0, 5000, len(then)).tolist()
    [found] = compare(of(*then), of(*now)).attributes
    [back] = compare(of(*now), of(*then)).attributes
    there = [(a + 0.5, b + 0.5) for a, b in zip(then, now, strict=True) if a + b]
    one, other = sum(a for a, _ in there), sum(b for _, b in there)
    wanted = sum((b / other - a / one) * np.log((b / other) / (a / one)) for a, b in there)
    assert found.index == pytest.approx(wanted, abs=1e-12)
    assert found.index == pytest.approx(back.index, abs=1e-12)
    assert found.index >= -1e-12


def test_the_same_clients_have_not_moved(bank: Dataset, trained: TrainedModel) -> None:
    snapshot = take_snapshot(bank, trained.model.attributes)
    report = compare(snapshot, snapshot)
    assert {row.name for row in report.attributes} == {"kind", "age", "trade", "income"}
    assert len(report.holdings) == len(bank.product_ids)
    assert max(row.index for row in (*report.attributes, *report.holdings)) == 0
    assert report.shifted == ()


def test_a_shifted_attribute_is_named_with_the_level_that_moved(
    bank: Dataset, trained: TrainedModel
) -> None:
    space = trained.model.attributes
    older = changed(bank, age=bank.clients["age"] + 15)
    report = compare(take_snapshot(bank, space), take_snapshot(older, space))
    assert [row.name for row in report.shifted] == ["age"]
    assert report.attributes[0].name == "age"
    assert report.attributes[0].index > SHIFTED


def test_values_never_seen_and_values_gone_missing_are_counted(
    bank: Dataset, trained: TrainedModel
) -> None:
    space = trained.model.attributes
    new = changed(bank, trade="mining", income=np.nan)
    rows = {
        row.name: row
        for row in compare(take_snapshot(bank, space), take_snapshot(new, space)).attributes
    }
    assert rows["trade"].moved == "(never seen)"
    assert rows["income"].moved == "(no value)"
    assert rows["trade"].shifted
    assert rows["income"].shifted


def test_what_few_clients_show_by_chance_is_no_shift() -> None:
    """The same shares among 12 clients and among 12,000: only the second is a shift."""
    few = compare(of(6, 3, 3), of(3, 3, 6)).attributes[0]
    many = compare(of(6000, 3000, 3000), of(3000, 3000, 6000)).attributes[0]
    assert few.index > SHIFTED
    assert many.index > SHIFTED
    assert (few.shifted, many.shifted) == (False, True)


def test_a_snapshot_comes_back_as_it_was_and_a_broken_one_is_refused(
    bank: Dataset, trained: TrainedModel, tmp_path: Path
) -> None:
    snapshot = take_snapshot(bank, trained.model.attributes)
    save_snapshot(snapshot, tmp_path)
    assert load_snapshot(tmp_path) == snapshot
    (tmp_path / "snapshot.json").write_text("[]")
    with pytest.raises(ModelBroken, match="snapshot"):
        load_snapshot(tmp_path)
