"""More versions of a trained model for tests, whole or damaged in one way."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from recommender.registry import Registry, seal


def another(registry: Registry, name: str) -> Path:
    """Copy the version in use under another name, sealed as training would."""
    known = registry.in_use()
    assert known is not None
    folder = registry.folder / name
    shutil.copytree(registry.folder / known.version, folder)
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    described["card"]["version"] = name
    (folder / "model.json").write_text(json.dumps(described), encoding="utf-8")
    seal(folder)
    return folder


def broken(folder: Path) -> None:
    """Leave half of the arrays, with the hash that half has: written by a faulty disk."""
    arrays = folder / "model.npz"
    arrays.write_bytes(arrays.read_bytes()[: arrays.stat().st_size // 2])
    seal(folder)


def missing(folder: Path) -> None:
    """Take the arrays away."""
    (folder / "model.npz").unlink()


def of_another_catalogue(folder: Path) -> None:
    """Let it know a product that the bank does not have."""
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    described["products"][0] = "PRODUCT_OF_ANOTHER_BANK"
    (folder / "model.json").write_text(json.dumps(described), encoding="utf-8")
    seal(folder)


def changed_since(folder: Path) -> None:
    """Change one figure of its card by hand."""
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    described["card"]["clients"] += 1
    (folder / "model.json").write_text(json.dumps(described), encoding="utf-8")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "broken": (broken, "does not match its checksum"),
    "missing": (missing, "model.npz is missing"),
    "another_catalogue": (of_another_catalogue, "PRODUCT_OF_ANOTHER_BANK"),
    "changed_since": (changed_since, "was changed since training"),
}
"""Name → what it does, and what is said of it."""
