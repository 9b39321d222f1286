"""Which version is in use: one file replaced whole; what cannot be used is refused by name."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.errors import ModelBroken, ModelMismatch, NothingBefore, VersionUnknown
from recommender.registry import POINTER, SEAL, Registry, seal
from recommender.storage import save
from recommender.trained import TrainedModel

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def registry(trained: TrainedModel, tmp_path: Path) -> Registry:
    """Three versions, none in use."""
    for version in ("v1", "v2", "v3"):
        card = replace(trained.card, version=version)
        seal(save(replace(trained, card=card), tmp_path))
    return Registry(tmp_path)


@pytest.fixture
def catalogue(trained: TrainedModel) -> set[str]:
    return set(trained.model.products.ids)


def test_no_version_is_in_use_until_one_is_put_into_use(
    registry: Registry, catalogue: set[str]
) -> None:
    """Not even the newest: a candidate that failed must not answer."""
    assert registry.versions() == ["v3", "v2", "v1"]
    assert registry.in_use() is None
    assert registry.load_in_use(catalogue).model is None


def test_what_was_put_into_use_answers_with_who_and_why(
    registry: Registry, catalogue: set[str]
) -> None:
    registry.use("v2", "E0001", "looks right", NOW)
    known = registry.in_use()
    assert known is not None
    assert (known.version, known.by, known.because, known.at) == (
        "v2",
        "E0001",
        "looks right",
        NOW,
    )
    loaded = registry.load_in_use(catalogue)
    assert loaded.model is not None
    assert loaded.model.card.version == "v2"
    assert loaded.refused == ()


def test_rolling_back_goes_through_what_was_in_use_before(registry: Registry) -> None:
    for hour, version in enumerate(("v1", "v2", "v3")):
        registry.use(version, "x", "", NOW + timedelta(hours=hour))
    assert registry.roll_back("x", "worse", NOW).version == "v2"
    assert registry.roll_back("x", "worse", NOW).version == "v1"
    with pytest.raises(NothingBefore):
        registry.roll_back("x", "worse", NOW)
    assert registry.in_use() is not None


def test_an_unknown_version_changes_nothing(registry: Registry) -> None:
    registry.use("v1", "x", "", NOW)
    with pytest.raises(VersionUnknown, match=r"v9.*v3, v2, v1"):
        registry.use("v9", "x", "", NOW)
    known = registry.in_use()
    assert known is not None
    assert known.version == "v1"


def _missing(folder: Path) -> None:
    (folder / "model.npz").unlink()


def _broken(folder: Path) -> None:
    (folder / "model.json").write_text("{")
    seal(folder)


def _changed(folder: Path) -> None:
    described = json.loads((folder / "model.json").read_text())
    described["card"]["clients"] += 1
    (folder / "model.json").write_text(json.dumps(described))


def _unsealed(folder: Path) -> None:
    (folder / SEAL).unlink()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_missing, r"model\.npz is missing"),
        (_broken, r"model\.json is not as it was written"),
        (_changed, r"model\.json was changed since training"),
        (_unsealed, r"files\.json cannot be read"),
    ],
)
def test_a_damaged_version_is_refused_and_the_one_before_answers(
    registry: Registry, catalogue: set[str], damage: Callable[[Path], None], told: str
) -> None:
    registry.use("v1", "x", "", NOW)
    registry.use("v2", "x", "", NOW)
    damage(registry.folder / "v2")
    with pytest.raises(ModelBroken, match=told):
        registry.load("v2", catalogue)
    loaded = registry.load_in_use(catalogue)
    assert loaded.model is not None
    assert loaded.model.card.version == "v1"
    assert [each.version for each in loaded.refused] == ["v2"]


def test_a_version_of_another_catalogue_is_refused(registry: Registry, catalogue: set[str]) -> None:
    registry.use("v1", "x", "", NOW)
    with pytest.raises(ModelMismatch, match="gold"):
        registry.load("v1", catalogue - {"gold"})
    assert registry.load_in_use(catalogue - {"gold"}).model is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": "v1"}'])
def test_a_broken_pointer_is_told_and_can_be_replaced(
    registry: Registry, catalogue: set[str], content: str
) -> None:
    (registry.folder / POINTER).write_text(content)
    with pytest.raises(ModelBroken, match=POINTER):
        registry.in_use()
    assert [each.version for each in registry.load_in_use(catalogue).refused] == [POINTER]
    registry.use("v3", "x", "", NOW)
    known = registry.in_use()
    assert known is not None
    assert known.version == "v3"


def test_a_pointer_that_cannot_be_written_leaves_the_old_one(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up while the new pointer is written: what was there still answers."""
    registry.use("v1", "x", "", NOW)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        registry.use("v2", "x", "", NOW)
    known = registry.in_use()
    assert known is not None
    assert known.version == "v1"


def test_replacing_the_pointer_is_always_noticed(registry: Registry) -> None:
    states = {registry.state()}
    for version in ("v1", "v2", "v1"):
        registry.use(version, "x", "", NOW)
        assert registry.state() not in states
        states.add(registry.state())


def test_old_versions_go_but_never_one_that_is_or_was_in_use(registry: Registry) -> None:
    registry.use("v1", "x", "", NOW)
    assert registry.forget(1) == ("v2",)
    assert registry.versions() == ["v3", "v1"]
