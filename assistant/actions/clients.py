"""Which product for this client, which client for this product, why, and what is held."""

from dataclasses import replace

from assistant.actions.base import Answer, BankAction
from assistant.names import ActionName, Topic
from assistant.replies.blocks import Text
from assistant.replies.client_lists import ClientListPresenter
from assistant.replies.holders import HolderPresenter
from assistant.replies.holdings import present_holdings
from assistant.replies.recommendations import RecommendationPresenter
from assistant.services.holders import asks_for_others, product_holders
from assistant.services.holding import show_holdings
from assistant.services.question import Listed, Question, Shown
from assistant.services.recommending import (
    CLIENTS_SHOWN,
    FIRST_SHOWN,
    clients_for_product,
    explain,
    products_for_client,
)
from crm.store.session import Session


class RecommendProducts(BankAction):
    """Serves "what should I offer this client", and "what else"."""

    action_name = ActionName.RECOMMEND_PRODUCTS
    topic = Topic.RECOMMEND

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the ranked products not held, with reasons, and what is held back."""
        found = products_for_client(self.desk.resources, session, question)
        blocks = RecommendationPresenter(self.desk.words, question.language).products(found)
        suggestions = found.recommendation.suggestions
        client_id = found.client.client_id
        memory = replace(
            question.memory,
            topic=Topic.RECOMMEND,
            client_id=client_id,
            product_id=(
                suggestions[found.first].product_id if found.first < len(suggestions) else None
            ),
            recommendation=Shown(
                client_id, found.first + FIRST_SHOWN, found.recommendation.model_version
            ),
            listed=Listed(
                "products",
                client_id,
                [
                    (client_id, suggestion.product_id)
                    for suggestion in suggestions[found.first : found.first + FIRST_SHOWN]
                ],
                found.first,
            ),
            pending=None,
        )
        return Answer(blocks, memory)


class FindClients(BankAction):
    """Serves "which of my clients should I call about this product"."""

    action_name = ActionName.FIND_CLIENTS
    topic = Topic.CLIENTS

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the asker's own clients ranked for the product."""
        found = clients_for_product(self.desk.resources, session, question)
        blocks = ClientListPresenter(self.desk.words, question.language).for_product(found)
        if not found.first and asks_for_others(session, question):
            held = product_holders(session, question, found.product, 0, 0)
            counted = HolderPresenter(self.desk.words, question.language).counted(held)
            blocks = [Text(counted), *blocks]
        product_id = found.product.product_id
        memory = replace(
            question.memory,
            topic=Topic.CLIENTS,
            product_id=product_id,
            recommendation=Shown(product_id, found.first + CLIENTS_SHOWN, found.model_version),
            listed=Listed(
                "clients",
                product_id,
                [(entry.suggestion.client_id, product_id) for entry in found.entries],
                found.first,
            ),
            pending=None,
        )
        return Answer(blocks, memory)


class Explain(BankAction):
    """Serves "why", "why this product", "why not that one"."""

    action_name = ActionName.EXPLAIN
    topic = Topic.WHY

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the whole sum behind a suggestion, or the rule that holds it back."""
        found = explain(self.desk.resources, session, question)
        blocks = RecommendationPresenter(self.desk.words, question.language).explanation(found)
        memory = replace(
            question.memory, topic=Topic.WHY, client_id=found.client.client_id, pending=None
        )
        return Answer(blocks, memory)


class ShowHoldings(BankAction):
    """Serves "what does this client have with us"."""

    action_name = ActionName.SHOW_HOLDINGS
    topic = Topic.HOLDINGS

    def answer(self, session: Session, question: Question) -> Answer:
        """Show the client's open holdings."""
        found = show_holdings(self.desk.resources, session, question)
        blocks = present_holdings(self.desk.words, question.language, found, question.today)
        memory = replace(
            question.memory,
            topic=Topic.HOLDINGS,
            client_id=found.client.client_id,
            pending=None,
        )
        return Answer(blocks, memory)
