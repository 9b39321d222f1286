"""Messages the assistant sends of its own accord: from what happened to blocks, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.replies.blocks import Block, Text
from assistant.replies.content_notices import refused_content
from assistant.replies.gap_notices import told_answer, told_of_ask, told_overdue
from assistant.replies.reminders import present_reminder
from assistant.replies.templates import Language, Words

type Presenter = Callable[[Words, Language, Mapping[str, Any]], list[Block]]

PRESENTERS: dict[str, Presenter] = {
    "content.refused": refused_content,
    "gaps.told_answer": told_answer,
    "gaps.told_rejection": told_of_ask("gaps.told_rejection"),
    "gaps.told_not_open": told_of_ask("gaps.told_not_open"),
    "gaps.overdue": told_overdue,
    "outcomes_reminder": present_reminder,
}
"""Kind of notice → what shows it; a kind without one is said by the sentence of its name."""


def notice(kind: str, **values: Any) -> dict[str, Any]:
    """Return the body of an outbox row: a kind, and JSON-able values to tell.

    Parameters
    ----------
    kind
        Key of a sentence (``topic.sentence``) that takes the values, or a kind in `PRESENTERS`.
    """
    return {"kind": kind, "values": values}


def present_notice(words: Words, language: Language, body: Mapping[str, Any]) -> list[Block]:
    """Return a notice as blocks in the language of its reader.

    Raises
    ------
    MissingWords
        No sentence has the name of its kind.
    """
    kind, values = str(body["kind"]), body["values"]
    if kind in PRESENTERS:
        return PRESENTERS[kind](words, language, values)
    return [Text(words.say(language, kind, **values))]
