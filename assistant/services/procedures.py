"""How is it done: the entry that answers, whole or the part asked for, or the nearest ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.names import Topic
from assistant.services.entry_kinds import KindSearch, chosen_by_words, of_kind
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import client_said, kind_in_focus
from assistant.understanding.details import find_client_kind
from assistant.understanding.parts import Part, find_parts, names_only_parts, without_parts
from crm.employees import Employee
from crm.store.session import Session
from knowledge.audience import Reader
from knowledge.entries import Entry
from knowledge.library import Library
from knowledge.search.results import Hit, SearchResult

_NEAREST = 3
_RELATED = 0.15  # of the chance that the best is the answer
_CLOSE = 0.6  # of it, too: is offered where there is a choice anyway
_MOST_OFFERED = 4
_KINDS = ("corporate", "personal")
_NEVER = frozenset({"cancel", "greet", "thank", "goodbye", "ask_capabilities", "switch_language"})


@dataclass(frozen=True, slots=True)
class ProcedureAnswer:
    """The entry found, or the entries to choose from.

    Attributes
    ----------
    entry
        The answer, or None.
    nearest
        What else may be meant; the candidates when `ambiguous`, the nearest when not found.
    parts
        Which parts of the entry were asked for; empty is the whole.
    client_kind
        The kind of client named, for entries that differ by it; None is both.
    """

    entry: Entry | None
    nearest: tuple[Entry, ...]
    ambiguous: bool = False
    parts: tuple[Part, ...] = ()
    client_kind: str | None = None

    @property
    def missing(self) -> bool:
        """Whether nothing answers; a chosen entry that is not in force is not missing."""
        return self.entry is None and not self.ambiguous

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the entries shown, the answer first."""
        entries = (self.entry, *self.nearest) if self.entry else self.nearest
        return tuple(entry.entry_id for entry in entries)


def reader(employee: Employee) -> Reader:
    """Return an employee as audiences look at one."""
    return Reader(str(employee.role), employee.branch_id)


def find_answer(resources: Resources, session: Session, question: Question) -> ProcedureAnswer:
    """Find the entry that answers a question, among those its asker may read.

    Where entries for either kind of client fit, the kind of the client named decides.
    """
    library = resources.content.library
    asker = reader(question.employee)
    parts = wanted_parts(question)
    kind = question.choices.get("client_kind") or find_client_kind(question.text)
    picked = question.choices.get("entry_id") or chosen_by_words(library, question)
    if chosen := picked or _shown_before(question):
        entry = library.entry(chosen, question.language)
        open_to_asker = (
            entry is not None and entry.valid(question.today) and entry.readable_by(asker)
        )
        related = _related(resources, question, entry) if open_to_asker else ()
        return ProcedureAnswer(entry if open_to_asker else None, related, False, parts, kind)
    found = _searched(library, question, asker, parts)
    if kind is not None:
        found = of_kind(found, kind)
    elif not found.found or _differ_by_kind(found.hits):
        kind, text = client_said(resources, session, question)
        if not found.found and text != question.text:
            question = replace(question, text=text)
            found = _searched(library, question, asker, parts)
        kind = kind or kind_in_focus(session, question)
        search = KindSearch(library, question, asker)
        found = search.with_counterpart(found) if kind is None else search.for_kind(found, kind)
    entries = tuple(hit.entry for hit in found.hits)
    if not found.found:
        return ProcedureAnswer(None, entries[:_NEAREST])
    if found.ambiguous:
        return ProcedureAnswer(None, _offered(found), ambiguous=True, parts=parts)
    others = _others(found.hits) or _related(resources, question, entries[0])
    return ProcedureAnswer(entries[0], others, False, parts, kind)


def wanted_parts(question: Question) -> tuple[Part, ...]:
    """Return the parts of a procedure that are asked for; none where the whole is."""
    chosen = question.choices.get("part")
    if chosen in set(Part):
        return () if chosen == Part.STEPS else (Part(chosen),)
    found = find_parts(question.text)
    return () if Part.STEPS in found else found


def asks_about_entry_shown(question: Question) -> bool:
    """Whether a message asks for a part, and names no matter but that of the entry just shown."""
    memory = question.memory
    return (
        question.intent not in _NEVER
        and memory.topic is Topic.PROCEDURE
        and memory.pending is None
        and memory.entry_id is not None
        and not question.choices
        and names_only_parts(question.text)
    )


def _searched(
    library: Library, question: Question, asker: Reader, parts: Sequence[Part]
) -> SearchResult:
    """Search for a question; where that finds nothing, for its matter without the part asked."""
    found = library.search(question.text, question.language, question.today, asker)
    matter = without_parts(question.text) if parts and not found.found else ""
    if not matter:
        return found
    again = library.search(matter, question.language, question.today, asker)
    return again if again.found else found


def _differ_by_kind(hits: Sequence[Hit]) -> bool:
    """Tell whether one of the two that may be meant is for one kind of client only."""
    return any(hit.entry.client_kind in _KINDS for hit in hits[:2])


def _shown_before(question: Question) -> str | None:
    return question.memory.entry_id if asks_about_entry_shown(question) else None


def _offered(found: SearchResult) -> tuple[Entry, ...]:
    """Return the rivals, and what is nearly as close as they are."""
    close = _CLOSE * found.hits[0].score
    more = [hit for hit in found.hits[found.rivals : _MOST_OFFERED] if hit.score >= close]
    return tuple(hit.entry for hit in (*found.hits[: found.rivals], *more))


def _others(hits: tuple[Hit, ...]) -> tuple[Entry, ...]:
    best = hits[0].score
    return tuple(hit.entry for hit in hits[1:_NEAREST] if hit.score >= _RELATED * best)


def _related(resources: Resources, question: Question, entry: Entry | None) -> tuple[Entry, ...]:
    """Return the entries that one names as going with it, as far as its asker may read them."""
    library, asker = resources.content.library, reader(question.employee)
    named = () if entry is None else entry.related
    known = (library.entry(entry_id, question.language) for entry_id in named)
    return tuple(
        other
        for other in known
        if other is not None and other.valid(question.today) and other.readable_by(asker)
    )[:_NEAREST]
