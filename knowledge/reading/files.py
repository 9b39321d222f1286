"""Text of a content file; what cannot be read becomes a fault."""

from pathlib import Path

from knowledge.errors import Fault
from knowledge.reading.place import Place


def read_optional(root: Path, name: str, faults: list[Fault]) -> str | None:
    """Return the text of a file that need not be there; None where it is not."""
    return read_text(root, name, faults) if (root / name).exists() else None


def read_text(root: Path, name: str, faults: list[Fault]) -> str | None:
    """Return the text of a file below the root, without a byte-order mark.

    Returns None, and adds a fault, where the file is missing or not UTF-8.
    """
    try:
        return (root / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        faults.append(Place(name).fault(name, "file_missing"))
    except UnicodeDecodeError as error:
        line = bytes(error.object[: error.start]).count(b"\n") + 1
        faults.append(Place(name, line).fault(repr(error.object[error.start]), "not_utf8"))
    return None
