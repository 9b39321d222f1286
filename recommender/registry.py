"""The versions of the model in a folder, and which of them is in use.

Each version is a folder. The one in use is named by one small file, replaced whole: whoever reads
it sees the old or the new, never half of either. The file also remembers what was in use before,
so that one step leads back.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from recommender.errors import ModelBroken, ModelError, NothingBefore, VersionUnknown
from recommender.storage import DESCRIPTION, load
from recommender.trained import TrainedModel

POINTER = "in-use.json"
SEAL = "files.json"
_REMEMBERED = 10


@dataclass(frozen=True, slots=True)
class InUse:
    """Which version is in use.

    Attributes
    ----------
    before
        What was in use before, the last first.
    by, because
        Who put it into use and why; the release rule names itself.
    """

    version: str
    before: tuple[str, ...]
    by: str
    because: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A version that cannot be used, and why."""

    version: str
    why: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What answers: the version in use, or the last before it that can be loaded."""

    model: TrainedModel | None
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """The folder of all versions."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Open a folder; it need not be there yet."""
        return cls(folder)

    @property
    def pointer(self) -> Path:
        """The file that names the version in use."""
        return self.folder / POINTER

    def versions(self) -> list[str]:
        """Return every version there is, the newest first."""
        found = (path.parent.name for path in self.folder.glob(f"[!.]*/{DESCRIPTION}"))
        return sorted(found, reverse=True)

    def in_use(self) -> InUse | None:
        """Return which version is in use; None if none ever was.

        Raises
        ------
        ModelBroken
            The pointer is not as it was written.
        """
        try:
            return TypeAdapter(InUse).validate_json(self.pointer.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise ModelBroken(str(self.pointer), "not as it was written") from error

    def use(self, version: str, by: str, because: str, at: datetime) -> InUse:
        """Put a version into use.

        Raises
        ------
        VersionUnknown
            There is no such version.
        """
        if version not in self.versions():
            raise VersionUnknown(version, self.versions())
        known = self._known()
        before = () if known is None else (known.version, *known.before)
        kept = tuple(name for name in dict.fromkeys(before) if name != version)
        return self._point(InUse(version, kept[:_REMEMBERED], by, because, at))

    def roll_back(self, by: str, because: str, at: datetime) -> InUse:
        """Put the version used before into use again; the present one is forgotten as such.

        Raises
        ------
        NothingBefore
            No version was in use before, or it is no longer there.
        """
        first, *left = self._left()
        return self._point(InUse(first, tuple(left), by, because, at))

    def version_before(self) -> str:
        """Return what `roll_back` would put into use.

        Raises
        ------
        NothingBefore
            As `roll_back`.
        """
        return self._left()[0]

    def load(self, version: str, catalogue: Collection[str]) -> TrainedModel:
        """Read a version.

        Raises
        ------
        ModelBroken
            A file is missing, damaged, or not as it was when the version was made.
        ModelMismatch
            It was trained for another catalogue.
        """
        folder = self.folder / version
        check_seal(folder)
        return load(folder, catalogue)

    def load_in_use(self, catalogue: Collection[str]) -> Loaded:
        """Read the version in use; where it is refused, the last one before that is not."""
        try:
            known = self.in_use()
        except ModelBroken as broken:
            return Loaded(None, (Refused(POINTER, str(broken)),))
        refused: list[Refused] = []
        for version in () if known is None else (known.version, *known.before):
            try:
                return Loaded(self.load(version, catalogue), tuple(refused))
            except ModelError as unusable:
                refused.append(Refused(version, str(unusable)))
        return Loaded(None, tuple(refused))

    def forget(self, kept: int) -> tuple[str, ...]:
        """Delete all but the newest versions, the one in use and those used before it."""
        known = self._known()
        needed = set() if known is None else {known.version, *known.before}
        old = tuple(name for name in self.versions()[kept:] if name not in needed)
        for name in old:
            shutil.rmtree(self.folder / name)
        return old

    def state(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the pointer is replaced; None while there is none."""
        try:
            state = self.pointer.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns, state.st_size

    def _known(self) -> InUse | None:
        """Return which version is in use; a broken pointer is replaced as if there were none."""
        try:
            return self.in_use()
        except ModelBroken:
            return None

    def _left(self) -> list[str]:
        known = self._known()
        left = [] if known is None else [name for name in known.before if name in self.versions()]
        if not left:
            raise NothingBefore
        return left

    def _point(self, wanted: InUse) -> InUse:
        building = self.pointer.with_name(f".{POINTER}")
        with building.open("wb") as file:
            file.write(TypeAdapter(InUse).dump_json(wanted, indent=1))
            file.flush()
            os.fsync(file.fileno())
        building.replace(self.pointer)
        return wanted


def seal(folder: Path) -> None:
    """Write down the hash of every file of a version."""
    hashes = {str(path.relative_to(folder)): _hash(path) for path in _files(folder)}
    (folder / SEAL).write_text(json.dumps(hashes, indent=1, sort_keys=True), encoding="utf-8")


def check_seal(folder: Path) -> None:
    """Refuse a version of which a file was changed or lost since it was made.

    Raises
    ------
    ModelBroken
        With the name of the first such file.
    """
    try:
        hashes = dict(json.loads((folder / SEAL).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelBroken(str(folder), f"{SEAL} cannot be read") from error
    for name, known in sorted(hashes.items()):
        path = folder / name
        if not path.is_file():
            raise ModelBroken(str(folder), f"{name} is missing")
        if _hash(path) != known:
            raise ModelBroken(str(folder), f"{name} was changed since training")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
