"""Which question a bare detail or a pressed button goes on with."""

from assistant.names import Intent, Topic
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.understanding.amounts import find_amounts, find_quantities
from assistant.understanding.fee_cues import bare_fee_details

_BUTTON_TOPICS: dict[str, Topic] = {
    Intent.CHOOSE_ENTRY: Topic.PROCEDURE,
    Intent.SHOW_PART: Topic.PROCEDURE,
    Intent.CHOOSE_SERVICE: Topic.FEE,
    Intent.CHOOSE_CLIENT_KIND: Topic.FEE,
    Intent.CHOOSE_CHANNEL: Topic.FEE,
    Intent.SHOW_SUM: Topic.WHY,
}
_MORE_TOPICS = {
    "products": Topic.RECOMMEND,
    "clients": Topic.CLIENTS,
    "holders": Topic.HOLDERS,
    "roster": Topic.ROSTER,
}

# "The second one", and nothing else, of a list of clients.
_OF_ONE_LISTED = {
    Topic.CLIENTS: Topic.WHY,
    Topic.HOLDERS: Topic.HOLDINGS,
    Topic.ROSTER: Topic.HOLDINGS,
}


def continued_topic(resources: Resources, question: Question) -> Topic | None:
    """Return the topic that a message goes on with, or None when there is none."""
    if question.intent in _BUTTON_TOPICS:
        return _BUTTON_TOPICS[question.intent]
    if question.choices.get("topic") in set(Topic):
        return Topic(question.choices["topic"])
    if (more := more_topic(question)) is not None:
        return more
    memory = question.memory
    if memory.pending is not None:
        return memory.pending.topic
    if _about_a_fee(resources, question):
        return Topic.FEE
    return _of_what_was_listed(question)


def more_topic(question: Question) -> Topic | None:
    """Return the topic of the list whose next page is asked for; None where none is."""
    return _MORE_TOPICS.get(question.choices.get("more", ""))


def is_continuation(resources: Resources, question: Question) -> bool:
    """Tell whether a message that was not understood may complete what was asked back."""
    return question.memory.pending is not None or _about_a_fee(resources, question)


def _of_what_was_listed(question: Question) -> Topic | None:
    """Return the topic before, or that of the one client of its list who is pointed at."""
    topic = question.memory.topic
    if topic is None or "client_id" not in question.choices:
        return topic
    return _OF_ONE_LISTED.get(topic, topic)


def _about_a_fee(resources: Resources, question: Question) -> bool:
    """Tell a changed detail of the fee before, or a service named with an amount or a number."""
    if question.memory.fee is not None and bare_fee_details(question.text, question.today):
        return True
    if not find_amounts(question.text) and not find_quantities(question.text):
        return False
    return bool(resources.content.library.match_service(question.text, question.language))
