"""What is told unasked about a question that had no answer, as blocks."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Heading, Text
from assistant.replies.buttons import payload
from assistant.replies.templates import Language, Words
from assistant.services.gaps.masking import MASK


def told_answer(words: Words, language: Language, values: Mapping[str, Any]) -> list[Block]:
    """Return the answer somebody waited for, with a button that opens its entry."""
    told = values[language]
    said = told["answer"] or words.say(language, "gaps.stands_there")
    button = Choice(
        words.say(language, "gaps.open_entry"),
        payload(Intent.CHOOSE_ENTRY, entry_id=values["entry_id"]),
    )
    return [
        Text(words.say(language, "gaps.told_answer", **_asked(words, language, values))),
        Heading(told["title"]),
        Text(said),
        Choices([button]),
    ]


def told_of_ask(key: str) -> Callable[[Words, Language, Mapping[str, Any]], list[Block]]:
    """Return what says one sentence about somebody's question."""

    def present(words: Words, language: Language, values: Mapping[str, Any]) -> list[Block]:
        told = {**values, **_asked(words, language, values)}
        return [Text(words.say(language, key, **told))]

    return present


def told_overdue(words: Words, language: Language, values: Mapping[str, Any]) -> list[Block]:
    """Return a reminder of a gap that is late, with a button that opens it."""
    told = {**values, "wording": shown(words, language, values["wording"])}
    number = str(values["number"])
    button = Choice(
        words.say(language, "gaps.open_gap", number=number),
        payload(Intent.WORK_ON_GAP, gap_id=number, gap_step="look"),
    )
    return [Text(words.say(language, "gaps.overdue", **told)), Choices([button])]


def shown(words: Words, language: Language, text: str) -> str:
    """Return a kept question as it is shown: what was blotted out says so."""
    return text.replace(MASK, words.say(language, "gaps.blotted"))


def _asked(words: Words, language: Language, values: Mapping[str, Any]) -> dict[str, str]:
    return {"asked": shown(words, language, values["asked"]), "on": values["on"]}
