"""Whether content files may have changed, told without reading them."""

import hashlib
from pathlib import Path

SUFFIXES = frozenset({".md", ".yml", ".csv"})
WRITING = ".writing"
"""While a file of this name stands in the folder, somebody is in the middle of a change."""


def stamp(root: Path) -> str:
    """Return a digest of the names, sizes and times of all content files."""
    digest = hashlib.sha256()
    for path in content_files(root):
        told = path.stat()
        name = path.relative_to(root).as_posix()
        digest.update(f"{name}\0{told.st_size}\0{told.st_mtime_ns}\0{told.st_ino}\n".encode())
    return digest.hexdigest()


def being_written(root: Path) -> bool:
    """Tell whether somebody said to be in the middle of a change."""
    return (root / WRITING).exists()


def content_files(root: Path) -> list[Path]:
    """Return the files that the content is read from, in the order of their names."""
    return sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES and path.is_file())
