import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from recommender.dataset import Dataset
from recommender.errors import ModelBroken, ModelMismatch
from recommender.registry import Registry
from recommender.settings import Settings
from recommender.storage import load, save
from recommender.trained import TrainedModel
from recommender.training import OWN, train


@pytest.fixture
def folder(trained: TrainedModel, tmp_path: Path) -> Path:
    return save(trained, tmp_path)


def test_a_model_comes_back_as_it_was(trained: TrainedModel, folder: Path) -> None:
    """Arrays, levels, card and answers."""
    back = load(folder, trained.model.products.ids)
    assert_array_equal(back.model.scores.weights, trained.model.scores.weights)
    assert back.model.attributes == trained.model.attributes
    assert back.card == trained.card
    attributes = {"age": 33, "trade": "care", "income": 12000.5}
    ours, theirs = (each.model.score(attributes, ["card"]) for each in (trained, back))
    assert_array_equal(ours, theirs)
    assert_array_equal(back.peers.client_ids, trained.peers.client_ids)


def test_damaged_arrays_are_refused(trained: TrainedModel, folder: Path) -> None:
    content = bytearray((folder / "model.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "model.npz").write_bytes(content)
    with pytest.raises(ModelBroken, match=r"checksum.*train it again"):
        load(folder, trained.model.products.ids)


@pytest.mark.parametrize("content", ["", "{", '{"format": 1}', "[]"])
def test_a_damaged_description_is_refused(
    trained: TrainedModel, folder: Path, content: str
) -> None:
    (folder / "model.json").write_text(content)
    with pytest.raises(ModelBroken, match=r"model\.json"):
        load(folder, trained.model.products.ids)


@pytest.mark.parametrize("name", ["model.json", "model.npz"])
def test_a_missing_file_is_refused(trained: TrainedModel, folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelBroken, match=name):
        load(folder, trained.model.products.ids)


def test_another_format_is_refused(trained: TrainedModel, folder: Path) -> None:
    described = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**described, "format": 0}))
    with pytest.raises(ModelBroken, match="format 0"):
        load(folder, trained.model.products.ids)


def test_another_catalogue_is_refused_by_the_product_s_name(
    trained: TrainedModel, folder: Path
) -> None:
    """A catalogue may have grown, but not lost a product the model knows."""
    load(folder, {*trained.model.products.ids, "one more"})
    with pytest.raises(ModelMismatch, match="gold"):
        load(folder, set(trained.model.products.ids) - {"gold"})


def test_a_version_is_never_overwritten(trained: TrainedModel, folder: Path) -> None:
    before = (folder / "model.json").read_bytes()
    with pytest.raises(FileExistsError):
        save(trained, folder.parent)
    assert (folder / "model.json").read_bytes() == before


def test_training_writes_a_measured_version(
    small_bank: Dataset, quick: Settings, tmp_path: Path
) -> None:
    """The card names data, seed and the figures of every method; the newest version is found."""
    now = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert Registry(tmp_path).versions() == []
    first = train(small_bank, 1, tmp_path, now, quick)
    second = train(small_bank, 1, tmp_path, now + timedelta(days=1), quick)
    assert first.version == f"20261120T093000Z-{first.fingerprint[:8]}"
    assert first.fingerprint == second.fingerprint
    assert [row.method for row in first.metrics] == ["popularity", "co-occurrence", OWN]
    assert first.hidden > 20
    assert Registry(tmp_path).versions() == [second.version, first.version]
    back = Registry(tmp_path).load(second.version, small_bank.product_ids.ids)
    assert back.card == second
    assert np.isfinite(back.model.scores.weights).all()
