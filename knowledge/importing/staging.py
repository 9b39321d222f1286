"""Changes tried on a copy of the content folder, then put in place together or not at all."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import ImportRunning
from knowledge.stamp import WRITING, content_files

_PROCESS, _OLD, _NEW, _KEPT = "process", "old", "new", ".before-import"


@contextmanager
def staged(root: Path, changes: Mapping[str, str]) -> Iterator[Path]:
    """Return a copy of the content in which files were replaced; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="content-") as made:
        copy = Path(made)
        for path in content_files(root):
            into = copy / path.relative_to(root)
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, into)
        for name, text in changes.items():
            into = copy / name
            into.parent.mkdir(parents=True, exist_ok=True)
            into.write_text(text, "utf-8")
        yield copy


def put_in_place(root: Path, changes: Mapping[str, str]) -> None:
    """Replace the files of a content folder together.

    While it goes on, a file `WRITING` keeps readers away. What was there is kept beside until all
    is done: an error puts it back, and after a crash the next import does.

    Raises
    ------
    ImportRunning
        Another import is at it.
    """
    recover(root)
    old = [name for name in changes if (root / name).exists()]
    new = [name for name in changes if name not in old]
    try:
        descriptor = os.open(root / WRITING, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError as running:
        raise ImportRunning(root) from running
    with os.fdopen(descriptor, "w") as marker:
        json.dump({_PROCESS: os.getpid(), _OLD: old, _NEW: new}, marker)
    try:
        for name in old:
            _keep(root / name, _kept(root, name))
        for name, text in changes.items():
            _replace(root / name, text)
    except BaseException:
        _put_back(root, old, new)
        raise
    _end(root)


def recover(root: Path) -> None:
    """Put back what an import that died had begun to replace.

    Raises
    ------
    ImportRunning
        It did not die: its process is alive.
    """
    marker = root / WRITING
    if not marker.exists():
        return
    try:
        note = json.loads(marker.read_text("utf-8"))
    except ValueError:  # it died before it had written a word
        note = {_PROCESS: 0, _OLD: [], _NEW: []}
    if note[_PROCESS] and _alive(note[_PROCESS]):
        raise ImportRunning(root)
    _put_back(root, note[_OLD], note[_NEW])


def _put_back(root: Path, old: list[str], new: list[str]) -> None:
    """Put back the files that were there; one that was not kept yet was not replaced either."""
    for name in old:
        if _kept(root, name).exists():
            _kept(root, name).replace(root / name)
    for name in new:
        (root / name).unlink(missing_ok=True)
    _end(root)


def _kept(root: Path, name: str) -> Path:
    return root / _KEPT / f"{name}.kept"


def _keep(path: Path, kept: Path) -> None:
    """Copy a file; under its own name the copy is whole."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    shutil.copy2(path, part)
    part.replace(kept)


def _end(root: Path) -> None:
    (root / WRITING).unlink(missing_ok=True)
    shutil.rmtree(root / _KEPT, ignore_errors=True)


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # no suffix that content is read from
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return process != os.getpid()
