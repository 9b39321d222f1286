"""Only what this installation trained is loaded, and nothing is made twice."""

import hashlib
import hmac
import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.running import fingerprint, training
from assistant.running.secrets import ensure
from assistant.settings import Settings

KEY = "a-throw-away-signing-key"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a model file with this installation's seal beside it."""
    path = tmp_path / "model.tar.gz"
    path.write_bytes(b"weights")
    seal = hmac.new(KEY.encode(), b"weights", hashlib.sha256).hexdigest()
    path.with_name("model.tar.gz.seal").write_text(seal, encoding="utf-8")
    return path


def test_a_model_with_our_seal_is_ours(model: Path) -> None:
    assert training.is_ours(model, KEY)


def test_a_model_without_a_seal_is_not_loaded(model: Path) -> None:
    model.with_name("model.tar.gz.seal").unlink()
    assert not training.is_ours(model, KEY)


def test_a_model_sealed_by_another_installation_is_not_loaded(model: Path) -> None:
    assert not training.is_ours(model, "the key of another installation")


def test_a_plain_hash_is_no_seal(model: Path) -> None:
    """Whoever can write the file cannot make the seal: it needs the key."""
    plain = hashlib.sha256(model.read_bytes()).hexdigest()
    model.with_name("model.tar.gz.seal").write_text(plain, encoding="utf-8")
    assert not training.is_ours(model, KEY)


@given(place=st.integers(0, 6), byte=st.integers(1, 255))
def test_a_model_changed_anywhere_is_not_loaded(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    path = tmp_path_factory.mktemp("changed") / "model.tar.gz"
    seal = hmac.new(KEY.encode(), b"weights", hashlib.sha256).hexdigest()
    path.with_name("model.tar.gz.seal").write_text(seal, encoding="utf-8")
    changed = bytearray(b"weights")
    changed[place] ^= byte
    path.write_bytes(changed)
    assert not training.is_ours(path, KEY)


def folder_of(root: Path, **files: str) -> Path:
    root.mkdir(exist_ok=True)
    for name, content in files.items():
        (root / name).write_text(content, encoding="utf-8")
    return root


def test_a_fingerprint_changes_with_content_name_and_circumstance_only(tmp_path: Path) -> None:
    root = folder_of(tmp_path / "a", one="1", two="2")
    first = fingerprint.of_files([root], root)
    (root / "__pycache__").mkdir()
    (root / "__pycache__" / "one.pyc").write_bytes(b"compiled")
    assert fingerprint.of_files([root], root) == first
    moved = folder_of(tmp_path / "b", one="1", two="2")
    assert fingerprint.of_files([moved], moved) == first
    others = {
        fingerprint.of_files([root], root, "seed 2"),
        fingerprint.of_files([folder_of(tmp_path / "c", one="1", two="3")], tmp_path / "c"),
        fingerprint.of_files([folder_of(tmp_path / "d", one="1", too="2")], tmp_path / "d"),
    }
    assert len(others | {first}) == 4


def test_secrets_are_made_once_and_are_private(tmp_path: Path) -> None:
    first = ensure(Settings(var=tmp_path))
    assert ensure(Settings(var=tmp_path)) == first
    assert all(len(value) >= 32 for value in first.values())
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_secret_of_the_environment_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RM_SIGNING_KEY", "from-the-bank's-own-vault-0123456789abcdef")
    assert ensure(Settings(var=tmp_path))["RM_SIGNING_KEY"].startswith("from-the-bank's-own-vault")
    assert "vault" not in (tmp_path / "secrets.env").read_text(encoding="utf-8")


def test_an_edited_rule_or_value_does_not_train_the_recommender_again(tmp_path: Path) -> None:
    """Code and the protected list do; what the gate, the plays and the values say does not."""
    recommender = tmp_path / "recommender"
    (recommender / "content").mkdir(parents=True)
    (recommender / "fitting.py").write_text("1", encoding="utf-8")
    (recommender / "protected.yml").write_text("protected: [sex]", encoding="utf-8")
    for name in ("crm/store/frames.py", "assistant/services/features.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    settings = Settings(root=tmp_path, var=tmp_path / "var")
    before = training.recommender_made_from(settings, "data")
    (recommender / "content" / "gate.yml").write_text("order: []", encoding="utf-8")
    assert training.recommender_made_from(settings, "data") == before
    (recommender / "protected.yml").write_text("protected: [gender]", encoding="utf-8")
    assert training.recommender_made_from(settings, "data") != before


def test_another_list_of_protected_attributes_trains_anew(tmp_path: Path) -> None:
    """What is on the list counts, not where it stands or in which order."""
    lists = [["gender", "religion"], ["Religion", "gender"], ["gender", "religion", "age"]]
    made = []
    for number, names in enumerate(lists):
        path = tmp_path / f"protected-{number}.yml"
        path.write_text(yaml.safe_dump({"protected": names}), encoding="utf-8")
        made.append(training.recommender_made_from(Settings(protected=path), "data"))
    assert made[0] == made[1] != made[2]
