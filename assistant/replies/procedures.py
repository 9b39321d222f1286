"""Procedure entries as blocks."""

from collections.abc import Sequence

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Heading, Items, Note, Source, Text
from assistant.replies.buttons import payload
from assistant.replies.templates import Language, Words
from assistant.services.procedures import ProcedureAnswer
from knowledge.entries import Entry


def present_procedure(words: Words, language: Language, answer: ProcedureAnswer) -> list[Block]:
    """Return the entry found, or the entries to choose from."""
    others = [entry_choice(entry) for entry in answer.nearest]
    if answer.entry is not None:
        blocks = _entry(words, language, answer.entry)
        if others:
            blocks += [Text(words.say(language, "procedure.see_also")), Choices(others)]
        return blocks
    if answer.ambiguous:
        return [Text(words.say(language, "procedure.which")), Choices(others)]
    key = "procedure.not_found" if others else "procedure.not_found_at_all"
    said = Note(words.say(language, key), "info")
    return [said, Choices(others)] if others else [said]


def _entry(words: Words, language: Language, entry: Entry) -> list[Block]:
    blocks: list[Block] = [Heading(entry.title)]
    blocks += _section(words.say(language, "procedure.steps"), entry.steps, ordered=True)
    blocks += _section(words.say(language, "procedure.papers"), entry.papers)
    blocks += _section(words.say(language, "procedure.cautions"), entry.cautions)
    blocks += [Text(entry.notes)] if entry.notes else []
    facts = words.say(
        language,
        "procedure.facts",
        department=entry.department,
        phone=entry.phone,
        duration=entry.duration,
        decided_by=entry.decided_by,
    )
    blocks += [Text(facts)] if entry.department else []
    source = words.say(
        language,
        "procedure.source",
        source=entry.source,
        version=entry.version,
        since=entry.effective_from.isoformat(),
        until=entry.effective_to.isoformat() if entry.effective_to else "",
    )
    return [*blocks, Source(source)]


def _section(title: str, items: Sequence[str], *, ordered: bool = False) -> list[Block]:
    return [Text(f"**{title}**"), Items(items, ordered=ordered)] if items else []


def entry_choice(entry: Entry) -> Choice:
    """Return the button that opens an entry."""
    return Choice(entry.title, payload(Intent.CHOOSE_ENTRY, entry_id=entry.entry_id))
