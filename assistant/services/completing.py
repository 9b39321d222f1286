"""Tells the detail that was asked for from a new question."""

from assistant.names import Topic
from assistant.services.question import Question
from assistant.understanding.details import bare_details

_MOST_WORDS = 24
_NEW_QUESTIONS = frozenset({"cancel", "greet", "thank", "goodbye", "ask_capabilities"})


def pending_topic(question: Question) -> Topic:
    """Return the topic of the open question; only for a question that has one."""
    assert question.memory.pending is not None  # noqa: S101  # the callers asked `completes`
    return question.memory.pending.topic


def completes(question: Question) -> bool:
    """Tell whether a message is the detail asked back for in the turn before.

    A bare amount, channel or kind of client completes a fee question whatever intent it was
    given; a matter for the expert is whatever is said, unless it is a farewell or a stop.
    """
    pending = question.memory.pending
    if pending is None or not question.text or question.intent in _NEW_QUESTIONS:
        return False
    if pending.detail == "matter":
        return question.intent not in {"ask_fee", "recommend_products", "find_clients"}
    if pending.topic is Topic.FEE:
        return bare_details(question.text)
    return len(question.text) <= _MOST_WORDS and question.intent in {"inform", "nlu_fallback"}
