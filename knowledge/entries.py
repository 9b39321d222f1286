"""An entry: one procedure or policy in one language, as its owner wrote it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.language import Language

type EntryClientKind = Literal["corporate", "personal", "both", "none"]


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
    audience : tuple of str
        Roles that may read it; empty means everyone.
    decided_by : str
        Who decides, empty where nobody has to.
    effective_from, effective_to : date, date or None
        First and last day on which it holds; None is open.
    steps, papers, cautions : tuple of str
        Items of the three lists, without their numbers, Markdown kept.
    notes : str
        Free text, may be empty.
    file : str
        Where it was read: path below the content's root.
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

    def valid(self, on: date) -> bool:
        """Whether the entry holds on a day; both its first and its last day count."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    def readable_by(self, role: str | None) -> bool:
        """Whether a role may read it; without a role only what is open to everyone."""
        return not self.audience or role in self.audience
