"""What does it cost?"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.actions.asking import Asking
from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.blocks import Block
from assistant.replies.fees import FeePresenter
from assistant.replies.gaps import with_note
from assistant.replies.procedures import present_procedure
from assistant.services.errors import ClientUnclear
from assistant.services.fee_products import product_name
from assistant.services.fees import FeeAnswer, fee_details, quote_fee
from assistant.services.gaps.answered import answered_entry
from assistant.services.gaps.noting import note_unpriced
from assistant.services.procedures import ProcedureAnswer
from assistant.services.question import Detail, Memory, Pending, Question
from assistant.services.unpriced import begun_anew, names_nothing_priced, tells_of_a_procedure
from crm.store.session import Session
from knowledge.errors import AmountNotPositive, NoTariffRow, RateMissing
from knowledge.tariff.missing import Missing


class QuoteFee(BankAction):
    """Serves "what is the fee for …", its follow-ups and corrections."""

    action_name = ActionName.QUOTE_FEE
    topic = Topic.FEE

    def routed(self, session: Session, question: Question) -> BankAction:
        """Hand on what names no service and is answered by an entry: it asks how, not how much."""
        action = super().routed(session, question)
        if action is self and tells_of_a_procedure(self.desk.resources, question):
            return self.desk.by_topic[Topic.PROCEDURE]
        return action

    def answer(self, session: Session, question: Question) -> Answer:
        """Quote, compare, or ask for the first detail that is missing."""
        resources = self.desk.resources
        question = begun_anew(resources, session, question)
        presenter = FeePresenter(
            self.desk.words, question.language, resources.content.library.tariff
        )
        try:
            found = quote_fee(resources, session, question)
        except AmountNotPositive as refused:
            return Answer(presenter.not_positive(refused), self._asking(question, "amount"))
        except NoTariffRow as refused:
            details = fee_details(resources, question)
            blocks = presenter.no_row(refused, details)
            return Answer(blocks, self._asking(question, "channel"))
        except RateMissing as refused:
            return Answer(presenter.rate_missing(refused), self._asking(question, "amount"))
        except ClientUnclear as unclear:
            kept = self._asking(question, "client")
            asking = Asking(self.desk.words, question.language, kept, Topic.FEE)
            return Answer(*asking.reply_to(unclear))
        named = partial(product_name, session, question.language)
        blocks = presenter.answer(found, question.today, named)
        if isinstance(found.result, Missing) and names_nothing_priced(resources, question):
            return self._unpriced(session, question, blocks, _remember(question.memory, found))
        return Answer(blocks, _remember(question.memory, found))

    def _unpriced(
        self, session: Session, question: Question, blocks: Sequence[Block], memory: Memory
    ) -> Answer:
        """Answer what has no price from what its owners wrote; else keep that it was asked."""
        words, language = self.desk.words, question.language
        if (entry := answered_entry(self.desk.resources, question)) is not None:
            shown = present_procedure(words, language, ProcedureAnswer(entry, ()))
            kept = replace(question.memory, topic=Topic.PROCEDURE, entry_id=entry.entry_id)
            return Answer(shown, replace(kept, pending=None), entries=(entry.entry_id,))
        if note_unpriced(self.desk.resources, session, question):
            blocks = with_note(words, language, blocks)
        return Answer(blocks, memory)

    def _asking(self, question: Question, detail: Detail) -> Memory:
        details = fee_details(self.desk.resources, question)
        if detail == "amount":
            details = replace(details, amount=None, quantity=None, offers=(), upper=None)
        pending = Pending(Topic.FEE, detail)
        return replace(question.memory, topic=Topic.FEE, fee=details, pending=pending)


def _remember(memory: Memory, found: FeeAnswer) -> Memory:
    missing = isinstance(found.result, Missing)
    return replace(
        memory,
        topic=Topic.FEE,
        fee=found.details,
        pending=Pending(Topic.FEE, found.asked) if missing else None,
        client_id=found.terms.client.client_id if found.terms else memory.client_id,
    )
