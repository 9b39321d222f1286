"""What does it cost?"""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.fees import FeePresenter
from assistant.services.fees import FeeAnswer, fee_details, quote_fee
from assistant.services.question import Detail, Memory, Pending, Question
from crm.store.session import Session
from knowledge.errors import AmountNotPositive, NoTariffRow
from knowledge.tariff.missing import Missing
from knowledge.tariff.quote import Quote


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
            found = quote_fee(resources, question)
        except AmountNotPositive as refused:
            return Answer(presenter.not_positive(refused), self._asking(question, "amount"))
        except NoTariffRow as refused:
            details = fee_details(resources, question)
            blocks = presenter.no_row(refused, details)
            return Answer(blocks, self._asking(question, "channel"))
        if isinstance(found.result, Missing):
            return Answer(
                presenter.missing(found.result, found.details),
                _remember(question.memory, found, Pending(Topic.FEE, found.asked)),
            )
        memory = _remember(question.memory, found, None)
        if isinstance(found.result, Quote):
            return Answer(presenter.quote(found.result), memory)
        return Answer(presenter.comparison(found.result), memory)

    def _asking(self, question: Question, detail: Detail) -> Memory:
        details = fee_details(self.desk.resources, question)
        if detail == "amount":
            details = replace(details, amount=None, quantity=None)
        pending = Pending(Topic.FEE, detail)
        return replace(question.memory, topic=Topic.FEE, fee=details, pending=pending)


def _remember(memory: Memory, found: FeeAnswer, pending: Pending | None) -> Memory:
    return replace(memory, topic=Topic.FEE, fee=found.details, pending=pending)
