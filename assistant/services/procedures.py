"""How is it done: the entry that answers, or the nearest ones."""

from dataclasses import dataclass

from assistant.services.question import Question
from assistant.services.resources import Resources
from knowledge.entries import Entry
from knowledge.search.results import Hit

_NEAREST = 3
_RELATED = 0.15  # of the chance that the best is the answer


@dataclass(frozen=True, slots=True)
class ProcedureAnswer:
    """The entry found, or the entries to choose from.

    Attributes
    ----------
    entry
        The answer, or None.
    nearest
        What else may be meant; the candidates when `ambiguous`, the nearest when not found.
    """

    entry: Entry | None
    nearest: tuple[Entry, ...]
    ambiguous: bool = False


def find_answer(resources: Resources, question: Question) -> ProcedureAnswer:
    """Find the entry that answers a question, among those its asker may read."""
    library = resources.content.library
    role = str(question.employee.role)
    if chosen := question.choices.get("entry_id"):
        entry = library.entry(chosen, question.language)
        open_to_asker = (
            entry is not None and entry.valid(question.today) and entry.readable_by(role)
        )
        return ProcedureAnswer(entry if open_to_asker else None, ())
    found = library.search(question.text, question.language, question.today, role)
    entries = tuple(hit.entry for hit in found.hits)
    if not found.found:
        return ProcedureAnswer(None, entries[:_NEAREST])
    if found.ambiguous:
        return ProcedureAnswer(None, entries[:2], ambiguous=True)
    return ProcedureAnswer(entries[0], _others(found.hits))


def _others(hits: tuple[Hit, ...]) -> tuple[Entry, ...]:
    best = hits[0].score
    return tuple(hit.entry for hit in hits[1:_NEAREST] if hit.score >= _RELATED * best)
