"""Replies to what a use case still needs or must refuse, with what is remembered meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.names import Intent, Topic
from assistant.replies.blocks import Block, Choice, Choices, Note, Text
from assistant.replies.buttons import payload
from assistant.replies.templates import Words
from assistant.services import errors
from assistant.services.question import Language, Memory, Pending

_MOST_BUTTONS = 6
_Reply = tuple[Sequence[Block], Memory]


def reply_to(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    """Return what is said when a use case cannot answer, and what to remember.

    A question asked back keeps the topic pending, so that the next message may be just the
    missing detail.
    """
    for kind, tell in _TELLERS.items():
        if isinstance(unmet, kind):
            return tell(words, language, unmet, memory, topic)
    raise unmet


def _client_needed(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    return (Text(words.say(language, "asking.client")),), _ask(memory, topic, "client")


def _client_unclear(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    assert isinstance(unmet, errors.ClientUnclear)  # noqa: S101  # the table's key
    shown = unmet.candidates[:_MOST_BUTTONS]
    buttons = [
        Choice(
            words.say(language, "asking.client_choice", client=client),
            payload(Intent.CHOOSE_CLIENT, client_id=client.client_id),
        )
        for client in shown
    ]
    said = words.say(language, "asking.which_client", count=len(unmet.candidates), shown=len(shown))
    return (Text(said), Choices(buttons)), _ask(memory, topic, "client")


def _product_needed(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    return (Text(words.say(language, "asking.product")),), _ask(memory, topic, "product")


def _product_unclear(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    assert isinstance(unmet, errors.ProductUnclear)  # noqa: S101  # the table's key
    buttons = [
        Choice(
            product.name_zh if language == "zh" else product.name_en,
            payload(Intent.CHOOSE_PRODUCT, product_id=product.product_id),
        )
        for product in unmet.candidates[:_MOST_BUTTONS]
    ]
    said = words.say(language, "asking.which_product")
    return (Text(said), Choices(buttons)), _ask(memory, topic, "product")


def _client_not_found(
    words: Words,
    language: Language,
    unmet: errors.ServiceError,
    memory: Memory,
    topic: Topic | None,
) -> _Reply:
    assert isinstance(unmet, errors.ClientNotFound)  # noqa: S101  # the table's key
    said = words.say(language, "asking.client_not_found", named=unmet.named)
    return (Note(said, "warning"),), replace(
        _ask(memory, topic, "client"), client_id=None, recommendation=None
    )


def _plain(key: str) -> Callable[..., _Reply]:
    def tell(
        words: Words,
        language: Language,
        unmet: errors.ServiceError,
        memory: Memory,
        topic: Topic | None,
    ) -> _Reply:
        return (Note(words.say(language, key), "info"),), replace(memory, pending=None)

    return tell


def _ask(memory: Memory, topic: Topic | None, detail: str) -> Memory:
    if topic is None:
        return memory
    return replace(memory, topic=topic, pending=Pending(topic, detail))  # type: ignore[arg-type]


_TELLERS: dict[type[errors.ServiceError], Callable[..., _Reply]] = {
    errors.ClientNeeded: _client_needed,
    errors.ClientUnclear: _client_unclear,
    errors.ProductNeeded: _product_needed,
    errors.ProductUnclear: _product_unclear,
    errors.ClientNotFound: _client_not_found,
    errors.NoClientsOfOwn: _plain("refusal.no_clients"),
    errors.RecommenderUnavailable: _plain("failure.no_model"),
    errors.NothingToExplain: _plain("recommend.nothing_to_explain"),
}
