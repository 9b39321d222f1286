"""Small talk, capabilities and noted requests, as blocks."""

from assistant.replies.blocks import Block, Column, Items, Note, Table, Text
from assistant.replies.templates import Language, Words
from assistant.services.experts import NotedRequest


def present_capabilities(words: Words, language: Language, client: str) -> list[Block]:
    """Return what can be asked, with an example each."""
    examples = words.say(
        language, "talk.capability_list", client=client or words.say(language, "talk.some_client")
    )
    said = words.say(language, "talk.capabilities")
    return [Text(said), Items([line.strip() for line in examples.splitlines()])]


def present_request(words: Words, language: Language, noted: NotedRequest) -> list[Block]:
    """Return the number of a noted request and the experts of its field."""
    labels = words.labels(language, "talk.expert_columns")
    rows = [
        [
            expert.name if language == "zh" else expert.name_en,
            words.say(language, "common.list", words=_fields(words, language, expert.expertise)),
            expert.branch_name_zh if language == "zh" else expert.branch_name_en,
        ]
        for expert in noted.experts
    ]
    said = words.say(language, "talk.expert_noted", number=noted.request_id, matter=noted.matter)
    return [
        Text(said),
        Note(words.say(language, "talk.expert_next")),
        Table(
            [Column(label) for label in labels.values()], rows, words.say(language, "talk.experts")
        ),
    ]


def _fields(words: Words, language: Language, expertise: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(words.label(language, "talk.fields", field) for field in expertise))
