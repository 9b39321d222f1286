"""What does it cost?"""

from dataclasses import replace
from functools import partial

from assistant.actions.asking import Asking
from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.fees import FeePresenter
from assistant.services.errors import ClientUnclear
from assistant.services.fee_products import product_name
from assistant.services.fees import FeeAnswer, fee_details, quote_fee
from assistant.services.question import Detail, Memory, Pending, Question
from crm.store.session import Session
from knowledge.errors import AmountNotPositive, NoTariffRow, RateMissing
from knowledge.tariff.missing import Missing


class QuoteFee(BankAction):
    """Serves "what is the fee for …", its follow-ups and corrections."""

    action_name = ActionName.QUOTE_FEE
    topic = Topic.FEE

    def answer(self, session: Session, question: Question) -> Answer:
        """Quote, compare, or ask for the first detail that is missing."""
        resources = self.desk.resources
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
        return Answer(
            presenter.answer(found, question.today, named), _remember(question.memory, found)
        )

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
