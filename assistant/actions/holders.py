"""Which of my clients hold this product."""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Intent, Topic
from assistant.replies.holders import HolderPresenter
from assistant.services.holders import find_holders, seeks_no_holders
from assistant.services.question import Listed, Question
from crm.store.session import Session

_INSTEAD = {Intent.FIND_CLIENTS: Topic.CLIENTS, Intent.ASK_HOLDINGS: Topic.HOLDINGS}


class ShowHolders(BankAction):
    """Serves "which of my clients hold this product", its pages, and one of them pointed at."""

    action_name = ActionName.SHOW_HOLDERS
    topic = Topic.HOLDERS

    def routed(self, session: Session, question: Question) -> BankAction:
        """Hand on what asks for buyers, or for what one client holds."""
        action = super().routed(session, question)
        if action is not self:
            return action
        instead = seeks_no_holders(self.desk.resources, session, question)
        return self if instead is None else self.desk.by_topic[_INSTEAD[instead]]

    def answer(self, session: Session, question: Question) -> Answer:
        """Show how many hold the product, and a page of them."""
        found = find_holders(self.desk.resources, session, question)
        blocks = HolderPresenter(self.desk.words, question.language).answer(found, question.today)
        product_id = found.product.product_id
        rows = [(entry.client.client_id, product_id) for entry in found.entries]
        memory = replace(
            question.memory,
            topic=Topic.HOLDERS,
            product_id=product_id,
            recommendation=None,
            listed=Listed("holders", product_id, rows, found.first),
            pending=None,
        )
        return Answer(blocks, memory)
