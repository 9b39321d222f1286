"""Hashes of what something was made from, so that nothing is made twice."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_LENGTH = 16


def of_files(paths: Iterable[Path], root: Path, *extra: str) -> str:
    """Return a hash over names and contents of files, folders taken whole.

    Parameters
    ----------
    paths
        Files and folders under `root`.
    extra
        Anything else the result depends on.
    """
    digest = hashlib.sha256()
    for path in sorted(_files(paths)):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for part in extra:
        digest.update(part.encode())
    return digest.hexdigest()[:_LENGTH]


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                inner
                for inner in path.rglob("*")
                if inner.is_file() and "__pycache__" not in inner.parts
            )
        else:
            yield path
