"""Where in the content something stands, so that a fault can say it."""

from dataclasses import dataclass, replace

from knowledge.errors import Fault


@dataclass(frozen=True, slots=True)
class Place:
    """A file, a line (from 1) and a field or column; see `knowledge.errors.Fault`."""

    file: str
    line: int = 0
    column: str = ""

    def at(self, line: int, column: str = "") -> "Place":
        """Return another place in the same file."""
        return replace(self, line=line, column=column)

    def fault(self, value: str, problem: str) -> Fault:
        """Return what is wrong here."""
        return Fault(self.file, self.line, self.column, value, problem)
