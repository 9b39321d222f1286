"""A message taken for one about a fee that names nothing the tariff prices: what it is then."""

from dataclasses import replace

from assistant.names import Intent
from assistant.services.procedures import reader
from assistant.services.question import Question
from assistant.services.resources import Resources
from assistant.services.subjects import names_a_client
from assistant.understanding.fee_cues import asks_price_of_more, names_something
from crm.store.session import Session


def names_nothing_priced(resources: Resources, question: Question) -> bool:
    """Tell whether a new question for a price names no service of the tariff."""
    new = question.memory.pending is None and not question.choices and bool(question.text)
    return new and not _names_a_service(resources, question)


def tells_of_a_procedure(resources: Resources, question: Question) -> bool:
    """Tell that a message taken for one about a fee names none, and that an entry answers it."""
    if not names_something(question.text, question.today):
        return False
    if not names_nothing_priced(resources, question):
        return False
    library, asker = resources.content.library, reader(question.employee)
    return library.search(question.text, question.language, question.today, asker).found


def begun_anew(resources: Resources, session: Session, question: Question) -> Question:
    """Return a question about the price of something that has none without the fee before it.

    "And what is the interest on a deposit?" goes on with no fee; "and for Mr Wang?" does.
    """
    if question.memory.fee is None or question.intent != Intent.ASK_FEE:
        return question
    if not asks_price_of_more(question.text, question.today):
        return question
    if _names_a_service(resources, question) or names_a_client(resources, session, question):
        return question
    return replace(question, memory=replace(question.memory, fee=None, pending=None))


def _names_a_service(resources: Resources, question: Question) -> bool:
    return bool(resources.content.library.match_service(question.text, question.language))
