"""Rule files: YAML whose every fault is told with file and line, all of them at once.

A file is read into nodes that remember their line. What reads a node notes a fault instead of
stopping at it, so that the file's owner sees everything that is wrong in one go.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from recommender.errors import RuleFault, RulesRefused


@dataclass(slots=True)
class RuleFile:
    """A file being read, and what was found wrong in it so far."""

    path: Path
    faults: list[RuleFault] = field(default_factory=list)

    def open(self) -> "Entry":
        """Return the file's outermost mapping.

        Raises
        ------
        RulesRefused
            The file cannot be read at all.
        """
        try:
            node = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except (OSError, UnicodeDecodeError) as unreadable:
            raise RulesRefused(
                (self._fault(0, "", "", f"cannot be read ({unreadable})"),)
            ) from None
        except yaml.MarkedYAMLError as malformed:
            mark = malformed.problem_mark
            line = 0 if mark is None else mark.line + 1
            why = f"is not YAML: {malformed.problem}"
            raise RulesRefused((self._fault(line, "", "", why),)) from None
        if not isinstance(node, yaml.MappingNode):
            raise RulesRefused((self._fault(1, "", "", "must be a mapping of keys to values"),))
        return Entry(self, node)

    def close(self) -> None:
        """Refuse the file if anything was wrong in it.

        Raises
        ------
        RulesRefused
            With every fault, by line.
        """
        if self.faults:
            raise RulesRefused(tuple(sorted(self.faults, key=lambda fault: fault.line)))

    def note(self, line: int, key: str, value: str, why: str) -> None:
        """Note a fault."""
        self.faults.append(self._fault(line, key, value, why))

    def _fault(self, line: int, key: str, value: str, why: str) -> RuleFault:
        return RuleFault(self.path.name, line, key, value, why)


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a rule file."""

    file: RuleFile
    node: yaml.MappingNode

    @property
    def line(self) -> int:
        """Line the mapping begins on, from 1."""
        return int(self.node.start_mark.line) + 1

    def keys(self) -> list[str]:
        """Return the keys in the order of the file."""
        return [str(key.value) for key, _ in self.node.value]

    def only(self, *allowed: str) -> None:
        """Note every key that is not one of these, so that a misspelt one is not lost."""
        for key, _ in self.node.value:
            if key.value not in allowed:
                why = f"is no key here; there are {', '.join(allowed)}"
                self.file.note(key.start_mark.line + 1, str(key.value), "", why)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; a missing one is a fault unless there is a default."""
        return self._read(key, str, default, "")

    def number(self, key: str, *, default: float | None = None) -> float:
        """Return a number."""
        return self._read(key, float, default, 0.0)

    def choice[T](self, key: str, values: Callable[[str], T], *, default: T) -> T:
        """Return one of an enumeration's values."""
        return self._read(key, values, default, default)

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not there and not required."""
        found = self._child(key)
        if found is None:
            if required:
                self.fault(key, "", "is missing")
            return ()
        if not isinstance(found, yaml.SequenceNode):
            self.fault(key, "", "must be a list")
            return ()
        return tuple(str(node.value) for node in found.value)

    def entry(self, key: str) -> "Entry | None":
        """Return a mapping below this one, or None when it is not there."""
        found = self._child(key)
        if found is None:
            return None
        if not isinstance(found, yaml.MappingNode):
            self.fault(key, "", "must be a mapping of keys to values")
            return None
        return Entry(self.file, found)

    def entries(self, key: str) -> Iterator["Entry"]:
        """Yield the mappings of a list."""
        found = self._child(key)
        if found is None:
            return
        if not isinstance(found, yaml.SequenceNode):
            self.fault(key, "", "must be a list")
            return
        for node in found.value:
            if isinstance(node, yaml.MappingNode):
                yield Entry(self.file, node)
            else:
                why = "must be a mapping of keys to values"
                self.file.note(node.start_mark.line + 1, key, str(node.value), why)

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return self._child(key) is not None

    def fault(self, key: str, value: str, why: str) -> None:
        """Note a fault of one key, or of the whole mapping when the key is not there."""
        found = self._child(key)
        line = self.line if found is None else int(found.start_mark.line) + 1
        self.file.note(line, key, value, why)

    def _child(self, key: str) -> yaml.Node | None:
        found: yaml.Node | None = next((v for k, v in self.node.value if k.value == key), None)
        return found

    def _read[T](self, key: str, parse: Callable[[str], T], default: T | None, otherwise: T) -> T:
        found = self._child(key)
        if found is None:
            if default is None:
                self.fault(key, "", "is missing")
                return otherwise
            return default
        if not isinstance(found, yaml.ScalarNode):
            self.fault(key, "", "must be a single value")
            return otherwise
        try:
            return parse(found.value)
        except (ValueError, KeyError):
            self.fault(key, found.value, "cannot be read here")
            return otherwise
