"""Which question a bare detail or a pressed button goes on with."""

from assistant.names import Intent, Topic
from assistant.services.question import Question
from assistant.understanding.details import bare_details

_BUTTON_TOPICS: dict[str, Topic] = {
    Intent.CHOOSE_ENTRY: Topic.PROCEDURE,
    Intent.CHOOSE_SERVICE: Topic.FEE,
    Intent.CHOOSE_CLIENT_KIND: Topic.FEE,
    Intent.CHOOSE_CHANNEL: Topic.FEE,
    Intent.SHOW_SUM: Topic.WHY,
}
_MORE_TOPICS = {"products": Topic.RECOMMEND, "clients": Topic.CLIENTS}


def continued_topic(question: Question) -> Topic | None:
    """Return the topic that a message goes on with, or None when there is none."""
    if question.intent in _BUTTON_TOPICS:
        return _BUTTON_TOPICS[question.intent]
    if question.choices.get("topic") in set(Topic):
        return Topic(question.choices["topic"])
    if question.choices.get("more") in _MORE_TOPICS:
        return _MORE_TOPICS[question.choices["more"]]
    memory = question.memory
    if memory.pending is not None:
        return memory.pending.topic
    if memory.fee is not None and bare_details(question.text):
        return Topic.FEE
    return memory.topic


def is_continuation(question: Question) -> bool:
    """Tell whether a message that was not understood may complete what was asked back."""
    if question.memory.pending is not None:
        return True
    return question.memory.fee is not None and bare_details(question.text)
