"""An entry: one procedure or policy in one language, as its owner wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from knowledge.audience import Asker, may_read
from knowledge.language import Language

type EntryClientKind = Literal["corporate", "personal", "both", "none"]
type Section = Literal["steps", "papers", "cautions", "mistakes"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry, as its owner noted it.

    Attributes
    ----------
    version : int
        The version that came with the change.
    on : date
        First day of that version.
    by : str
        Who made the change.
    what : str
        What is different, in the language of the entry.
    """

    version: int
    on: date
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure or policy in one language.

    Attributes
    ----------
    entry_id : str
        The same in both languages.
    questions : tuple of str
        Ways people ask for it, as typed in a messenger.
    products : tuple of str
        Ids of the products it belongs to; may be empty.
    client_kind : {"corporate", "personal", "both", "none"}
        Whose business it is; "none" is the manager's own work.
    audience, branches : tuple of str
        Roles, and ids of branches, that may read it; empty means every role, every branch.
    decided_by : str
        Who decides, empty where nobody has to.
    effective_from, effective_to : date, date or None
        First and last day on which it holds; None is open.
    steps, papers, cautions, mistakes : tuple of str
        Items of the four lists for every kind of client, without their numbers, Markdown kept.
    notes : str
        Free text, may be empty.
    file : str
        Where it was read: path below the content's root.
    form : str
        Number and version of the form to fill in; may be empty.
    related, services : tuple of str
        Ids of entries that go with it, and codes of services of the tariff it is charged by.
    updated_by : str
        Who wrote this version; may be empty.
    changes : tuple of Change
        What changed, version by version, the newest first.
    kinds : mapping of str to tuple of str
        For a list that differs by kind of client, whose each item is: ``both``, ``corporate`` or
        ``personal``.
    lines : mapping of str to int
        Where each field stands in its file.
    question_lines : tuple of int
        Where each question stands.
    """

    entry_id: str
    language: Language
    title: str
    questions: tuple[str, ...]
    department: str
    phone: str
    products: tuple[str, ...]
    client_kind: EntryClientKind
    audience: tuple[str, ...]
    duration: str
    decided_by: str
    version: int
    effective_from: date
    effective_to: date | None
    source: str
    steps: tuple[str, ...]
    papers: tuple[str, ...]
    cautions: tuple[str, ...]
    notes: str
    file: str
    mistakes: tuple[str, ...] = ()
    form: str = ""
    branches: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    updated_by: str = ""
    changes: tuple[Change, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    question_lines: tuple[int, ...] = field(default=(), compare=False)

    def valid(self, on: date) -> bool:
        """Whether the entry holds on a day; both its first and its last day count."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def readable_by(self, asker: Asker) -> bool:
        """Whether somebody may read it; without an asker only what is open to everyone."""
        return may_read(self.audience, self.branches, asker)

    def items(self, section: Section, kind: str) -> tuple[str, ...]:
        """Return the items of a list meant for exactly one kind: ``both`` are everybody's."""
        listed: tuple[str, ...] = getattr(self, section)
        kinds = self.kinds.get(section) or ("both",) * len(listed)
        return tuple(item for item, meant in zip(listed, kinds, strict=True) if meant == kind)
