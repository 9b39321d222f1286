"""Whom to contact first, how far products have come, lists to take away, what became of offers."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.asking import Asking
from assistant.actions.base import Answer, BankAction
from assistant.actions.talk import Fallback
from assistant.names import ActionName, Topic
from assistant.replies.acceptance import present_acceptance
from assistant.replies.blocks import Block, Note
from assistant.replies.client_lists import ClientListPresenter
from assistant.replies.exports import present_export
from assistant.replies.penetration import present_penetration
from assistant.replies.recorded import ask_outcome, present_recorded, present_taken_back
from assistant.services.contacting import contact_list
from assistant.services.exporting import export_list
from assistant.services.outcomes import (
    Draft,
    Recorded,
    asks_about_holdings,
    show_outcomes,
    take_back,
    take_outcome,
    takes_back,
    tells_nothing,
)
from assistant.services.penetrating import show_penetration
from assistant.services.question import Listed, Memory, OutcomeDetails, Question
from assistant.services.subjects import names_a_product
from crm.store.session import Session


class ContactFirst(BankAction):
    """Serves "who should I contact first this week"."""

    action_name = ActionName.CONTACT_FIRST

    def routed(self, session: Session, question: Question) -> BankAction:
        """Hand a question that names a product to the list of that product's clients."""
        if names_a_product(session, question):
            return self.desk.by_topic[Topic.CLIENTS]
        return super().routed(session, question)

    def answer(self, session: Session, question: Question) -> Answer:
        """Show one best action a client, spread over the book."""
        found = contact_list(self.desk.resources, session, question)
        blocks = ClientListPresenter(self.desk.words, question.language).contact_first(found)
        memory = replace(
            question.memory,
            topic=Topic.RECOMMEND,
            product_id=None,
            listed=Listed(
                "book",
                rows=[(one.action.client_id, one.action.product_id) for one in found.contacts],
            ),
            pending=None,
        )
        return Answer(blocks, memory)


class ShowPenetration(BankAction):
    """Serves "how far have our products come, and what is still open"."""

    action_name = ActionName.SHOW_PENETRATION

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the penetration table with its plot."""
        found = show_penetration(self.desk.resources, session, question)
        blocks = present_penetration(self.desk.words, question.language, found)
        memory = replace(question.memory, topic=None, listed=Listed("penetration"), pending=None)
        return Answer(blocks, memory)


class ExportList(BankAction):
    """Serves "give me this list as a spreadsheet"."""

    action_name = ActionName.EXPORT_LIST

    def answer(self, session: Session, question: Question) -> Answer:
        """Hand over the list last shown as an Excel file."""
        memory = replace(question.memory, pending=None)
        if question.memory.listed is None:
            said = self.desk.words.say(question.language, "exports.nothing")
            return Answer((Note(said),), memory)
        found = export_list(self.desk.resources, session, question, question.memory.listed)
        return Answer(present_export(self.desk.words, question.language, found), memory)


class RecordOutcome(BankAction):
    """Serves "he refused, too risky", and the buttons under every suggestion."""

    action_name = ActionName.RECORD_OUTCOME
    topic = Topic.OUTCOME
    writes = True

    def routed(self, session: Session, question: Question) -> BankAction:
        """Pass on what tells no outcome and asks for none: the dialogue took it for one."""
        if asks_about_holdings(question):
            return self.desk.by_topic[Topic.HOLDINGS]
        if tells_nothing(question):
            return Fallback(self.desk).routed(session, question)
        return super().routed(session, question)

    def answer(self, session: Session, question: Question) -> Answer:
        """Record what became of an offer, take it back, or ask for what is missing."""
        words, language, resources = self.desk.words, question.language, self.desk.resources
        memory = replace(question.memory, topic=Topic.OUTCOME, pending=None, outcome=None)
        if takes_back(question):
            taken_back = take_back(resources, session, question)
            return Answer(present_taken_back(words, language, taken_back), memory)
        found = take_outcome(resources, session, question)
        if isinstance(found, Draft):
            blocks, memory = self._asked(question, found)
            return Answer(blocks, memory)
        # With the outcome told, "and Mr Xu?" or "treasury bonds, then?" ask for suggestions.
        memory = replace(
            memory,
            topic=Topic.RECOMMEND,
            client_id=found.client.client_id,
            product_id=found.product.product_id,
            outcome=_told(found),
        )
        return Answer(present_recorded(words, language, found), memory)

    def _asked(self, question: Question, draft: Draft) -> tuple[Sequence[Block], Memory]:
        memory = replace(question.memory, pending=None, outcome=draft.details)
        words, language = self.desk.words, question.language
        if draft.unmet is None:
            return ask_outcome(words, language, draft), memory
        return Asking(words, language, memory, Topic.OUTCOME).reply_to(draft.unmet)


def _told(found: Recorded) -> OutcomeDetails:
    return OutcomeDetails(
        kind=str(found.kind),
        client_id=found.client.client_id,
        product_id=found.product.product_id,
        outcome_id=found.outcome_id,
    )


class ShowOutcomes(BankAction):
    """Serves "my acceptance figures"."""

    action_name = ActionName.SHOW_OUTCOMES

    def answer(self, session: Session, question: Question) -> Answer:
        """Show what became of the offers, with how sure that is."""
        found = show_outcomes(self.desk.resources, session, question)
        blocks = present_acceptance(self.desk.words, question.language, found)
        return Answer(blocks, replace(question.memory, topic=None, pending=None))
