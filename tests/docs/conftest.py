"""The project's own documents, as the tests read them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = ("README.md", "README.zh.md")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(params=READMES)
def readme(request) -> str:
    """Each README in turn."""
    return (ROOT / request.param).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def readmes() -> dict[str, str]:
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in READMES}
