"""What a knowledge owner is told of the content, in words."""

from collections.abc import Mapping
from typing import Any

from assistant.replies.blocks import Block, Items, Note, Text
from assistant.replies.templates import Language, Words
from knowledge.errors import Fault
from knowledge.wording import describe


def refused_content(words: Words, language: Language, values: Mapping[str, Any]) -> list[Block]:
    """Return why content was not taken, fault by fault, and what to do."""
    faults = [Fault(**fault) for fault in values["faults"]]
    count = int(values["count"])
    blocks: list[Block] = [
        Note(words.say(language, "content.refused", count=count), "warning"),
        Items([describe(fault, language) for fault in faults]),
    ]
    if count > len(faults):
        blocks.append(Text(words.say(language, "content.more_faults", count=count - len(faults))))
    return [*blocks, Text(words.say(language, "content.mend"))]
