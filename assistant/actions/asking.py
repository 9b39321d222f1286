"""Replies to what a use case still needs or must refuse, with what is remembered meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod

from assistant.names import Intent, Topic
from assistant.replies.blocks import Block, Choice, Choices, Note, Text
from assistant.replies.buttons import payload
from assistant.replies.templates import Words
from assistant.services import errors
from assistant.services.question import Detail, Language, Memory, Pending

_MOST_BUTTONS = 6
_SAID = {
    errors.NoClientsOfOwn: "refusal.no_clients",
    errors.RecommenderUnavailable: "failure.no_model",
    errors.NothingToExplain: "recommend.nothing_to_explain",
    errors.NotKnowledgeOwner: "gaps.owners_only",
    errors.GapGone: "gaps.gone",
    errors.QuestionGone: "declining.gone",
}
_Reply = tuple[Sequence[Block], Memory]


@dataclass(frozen=True, slots=True)
class Asking:
    """Says in one language what a use case could not do without.

    Attributes
    ----------
    topic
        What the question was about; it stays pending, so that the next message may be just the
        missing detail.
    """

    words: Words
    language: Language
    memory: Memory
    topic: Topic | None

    @singledispatchmethod
    def reply_to(self, unmet: errors.ServiceError) -> _Reply:
        """Return what is said when a use case cannot answer, and what to remember."""
        said = self._say(_SAID[type(unmet)])
        return (Note(said),), replace(self.memory, pending=None)

    @reply_to.register
    def _client_needed(self, _: errors.ClientNeeded) -> _Reply:
        return (Text(self._say("asking.client")),), self._pending("client")

    @reply_to.register
    def _client_unclear(self, unmet: errors.ClientUnclear) -> _Reply:
        shown = unmet.candidates[:_MOST_BUTTONS]
        buttons = [
            Choice(
                self._say("asking.client_choice", client=client),
                payload(Intent.CHOOSE_CLIENT, client_id=client.client_id),
            )
            for client in shown
        ]
        said = self._say("asking.which_client", count=len(unmet.candidates), shown=len(shown))
        return (Text(said), Choices(buttons)), self._pending("client")

    @reply_to.register
    def _client_not_found(self, unmet: errors.ClientNotFound) -> _Reply:
        said = self._say("asking.client_not_found", named=unmet.named)
        forgotten = replace(self._pending("client"), client_id=None, recommendation=None)
        return (Note(said, "warning"),), forgotten

    @reply_to.register
    def _product_needed(self, _: errors.ProductNeeded) -> _Reply:
        return (Text(self._say("asking.product")),), self._pending("product")

    @reply_to.register
    def _product_unclear(self, unmet: errors.ProductUnclear) -> _Reply:
        buttons = [
            Choice(
                product.name_zh if self.language == "zh" else product.name_en,
                payload(Intent.CHOOSE_PRODUCT, product_id=product.product_id),
            )
            for product in unmet.candidates[:_MOST_BUTTONS]
        ]
        said = self._say("asking.which_product")
        return (Text(said), Choices(buttons)), self._pending("product")

    def _pending(self, detail: Detail) -> Memory:
        if self.topic is None:
            return self.memory
        return replace(self.memory, topic=self.topic, pending=Pending(self.topic, detail))

    def _say(self, key: str, **values: object) -> str:
        return self.words.say(self.language, key, **values)
