"""Procedure entries as blocks: the whole, or the part that was asked for with the rest offered."""

from collections.abc import Sequence

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Heading, Note, Text
from assistant.replies.buttons import payload
from assistant.replies.procedure_parts import EntryPresenter
from assistant.replies.templates import Language, Words
from assistant.services.procedures import ProcedureAnswer
from assistant.understanding.parts import Part
from knowledge.entries import Entry


def present_procedure(words: Words, language: Language, answer: ProcedureAnswer) -> list[Block]:
    """Return the entry found, or the entries to choose from."""
    part = answer.parts[0] if answer.ambiguous and len(answer.parts) == 1 else None
    others = [entry_choice(entry, part) for entry in answer.nearest]
    if answer.entry is not None:
        blocks = _entry(words, language, answer.entry, answer)
        if others and not answer.parts:
            blocks += [Text(words.say(language, "procedure.see_also")), Choices(others)]
        return blocks
    if answer.ambiguous:
        return [Text(words.say(language, "procedure.which")), Choices(others)]
    key = "procedure.not_found" if others else "procedure.not_found_at_all"
    said = Note(words.say(language, key), "info")
    return [said, Choices(others)] if others else [said]


def _entry(words: Words, language: Language, entry: Entry, answer: ProcedureAnswer) -> list[Block]:
    presenter = EntryPresenter(words, language, entry, answer.client_kind)
    blocks: list[Block] = [Heading(entry.title)]
    if answer.parts:
        for part in answer.parts:
            blocks += presenter.part(part)
    else:
        blocks += presenter.whole()
    blocks += presenter.source()
    buttons = _rest(words, language, presenter, answer.parts)
    return [*blocks, Choices(buttons)] if buttons else blocks


def _rest(
    words: Words, language: Language, presenter: EntryPresenter, shown: Sequence[Part]
) -> list[Choice]:
    """Return a button for each part that was not shown, and one for what it costs."""
    entry = presenter.entry
    offered = [part for part in Part if part not in shown] if shown else [Part.FORWARD]
    buttons = [
        Choice(
            words.label(language, "procedure.parts", part),
            payload(Intent.SHOW_PART, entry_id=entry.entry_id, part=part),
        )
        for part in offered
        if presenter.has(part)
    ]
    if entry.services:
        fee = payload(Intent.CHOOSE_SERVICE, service=entry.services[0])
        buttons.append(Choice(words.label(language, "procedure.parts", "fee"), fee))
    return buttons


def entry_choice(entry: Entry, part: Part | None = None) -> Choice:
    """Return the button that opens an entry, at the part that was asked for."""
    chosen = {"entry_id": entry.entry_id} | ({} if part is None else {"part": str(part)})
    return Choice(entry.title, payload(Intent.CHOOSE_ENTRY, **chosen))
