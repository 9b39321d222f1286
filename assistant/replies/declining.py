"""What is declined, and that it is kept after all, as blocks."""

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Source, Text
from assistant.replies.buttons import payload
from assistant.replies.templates import Language, Words


def present_declined(words: Words, language: Language, turn_id: str | None) -> list[Block]:
    """Return what the assistant is for, and the button that keeps the question of a turn."""
    blocks: list[Block] = [Text(words.say(language, "talk.decline"))]
    if turn_id is None:
        return blocks
    button = payload(Intent.KEEP_QUESTION, asked_turn=turn_id)
    return [*blocks, Choices([Choice(words.say(language, "declining.keep"), button)])]


def present_kept(words: Words, language: Language) -> list[Block]:
    """Return that the question goes to the owners of the knowledge base."""
    return [
        Text(words.say(language, "declining.kept")),
        Source(words.say(language, "gaps.noted")),
    ]
