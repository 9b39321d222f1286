"""Tells the detail that was asked for from a new question."""

from assistant.names import Topic
from assistant.services.entry_kinds import chosen_by_words
from assistant.services.gaps.continuing import goes_on_with_gap
from assistant.services.question import Pending, Question
from assistant.services.resources import Resources
from assistant.services.subjects import names_only_a_client, names_only_a_product
from assistant.understanding.fee_cues import bare_fee_details
from assistant.understanding.wanted_language import wanted_language
from crm.store.session import Session

_NEVER = frozenset({"cancel", "greet", "thank", "goodbye", "ask_capabilities", "switch_language"})
_NEW_MATTERS = frozenset(
    {"ask_fee", "recommend_products", "find_clients", "find_holders", "ask_holdings"}
)


def pending_topic(question: Question) -> Topic | None:
    """Return the topic of the open question, if there is one; a fee just quoted stays open."""
    if question.memory.pending is not None:
        return question.memory.pending.topic
    quoted = question.memory.topic is Topic.FEE and question.memory.fee is not None
    return Topic.FEE if quoted else None


def completes(resources: Resources, session: Session, question: Question) -> bool:
    """Tell whether a message is the detail asked back for in the turn before.

    A bare detail completes the open question whatever intent the dialogue gave it, because a
    name alone says little; a matter for the expert is whatever is said, unless it is plainly
    another question. After a fee, what only changes a detail of it goes on with it.
    """
    pending = question.memory.pending
    if not question.text:
        return False
    if pending is not None and pending.topic is Topic.GAPS:
        return goes_on_with_gap(question, pending)
    if question.intent in _NEVER and not _short_name(question):
        return False
    if pending is None:
        quoted = pending_topic(question) is Topic.FEE
        return quoted and bare_fee_details(question.text, question.today)
    return _is_detail(resources, session, question, pending)


def _short_name(question: Question) -> bool:
    """Tell a short text that names no language, though it was taken for a wish for another one."""
    return question.intent == "switch_language" and wanted_language(question.text) is None


def _is_detail(
    resources: Resources, session: Session, question: Question, pending: Pending
) -> bool:
    if pending.detail == "matter":
        return question.intent not in _NEW_MATTERS
    if pending.detail == "entry":
        return chosen_by_words(resources.content.library, question) is not None
    if pending.topic is Topic.FEE and pending.detail != "client":
        return bare_fee_details(question.text, question.today)
    if pending.detail == "client":
        return names_only_a_client(resources, session, question)
    return names_only_a_product(session, question)
