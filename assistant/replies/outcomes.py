"""Buttons to say what became of an offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Details
from assistant.replies.buttons import payload
from assistant.replies.templates import Language, Words

OFFERED_KINDS = ("offered", "interested", "refused", "sold")


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion on a list, by what tells it from the others there."""

    client_id: str
    product_id: str
    title: str


def outcome_buttons(words: Words, language: Language, offers: Sequence[Offer]) -> list[Block]:
    """Return a folded group of buttons for each suggestion; nothing where there is none."""
    if not offers:
        return []
    groups = [Choices(choices(words, language, offer, OFFERED_KINDS)) for offer in offers]
    return [Details(words.say(language, "outcomes.buttons"), groups)]


def choices(words: Words, language: Language, offer: Offer, kinds: Sequence[str]) -> list[Choice]:
    """Return one button a kind of outcome."""
    names = words.labels(language, "outcomes.kinds")
    return [
        Choice(
            words.say(language, "outcomes.button", title=offer.title, kind=names[kind]),
            payload(
                Intent.RECORD_OUTCOME,
                client_id=offer.client_id,
                product_id=offer.product_id,
                outcome=kind,
            ),
        )
        for kind in kinds
    ]
