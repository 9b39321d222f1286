"""A copy of the content that last went live, so that a start does not depend on a mended file."""

import shutil
import tempfile
from pathlib import Path

from knowledge.library import fingerprint
from knowledge.stamp import content_files


class GoodContent:
    """Keeps one copy below a folder, replaced whole.

    Parameters
    ----------
    folder
        Of this installation alone; made when something is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Path | None:
        """Return the copy kept last, or None where none was."""
        kept = [path for path in self._folder.glob("kept-*") if path.is_dir()]
        return max(kept, key=lambda path: path.stat().st_mtime_ns, default=None)

    def keep(self, root: Path, wanted: str) -> bool:
        """Copy a content folder; False where it is no longer the content with this fingerprint."""
        target = self._folder / f"kept-{wanted}"
        if target.is_dir():
            target.touch()
            return True
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="making-") as making:
            copy = Path(making) / "content"
            copy.mkdir()
            for path in content_files(root):
                into = copy / path.relative_to(root)
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, into)
            if fingerprint(copy) != wanted:
                return False
            try:
                copy.rename(target)
            except OSError:  # another process kept the same content meanwhile
                return target.is_dir()
        self._forget_all_but(target)
        return True

    def _forget_all_but(self, target: Path) -> None:
        for path in self._folder.glob("kept-*"):
            if path != target:
                shutil.rmtree(path, ignore_errors=True)
