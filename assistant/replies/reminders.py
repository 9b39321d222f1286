"""A reminder of suggestions that wait for a word, with buttons to say it."""

from collections.abc import Mapping
from typing import Any

from assistant.replies.blocks import Block, Choices, Items, Text
from assistant.replies.outcomes import OFFERED_KINDS, Offer, choices
from assistant.replies.templates import Language, Words


def present_reminder(words: Words, language: Language, values: Mapping[str, Any]) -> list[Block]:
    """Return what is asked, pair by pair."""
    offers = [
        Offer(
            pair["client_id"],
            pair["product_id"],
            words.say(
                language,
                "advice.contact_pair",
                client=pair["client"][language] or pair["client"]["zh"],
                product=pair["product"][language],
            ),
        )
        for pair in values["pairs"]
    ]
    asked = words.say(language, "outcomes.reminder", count=values["count"], shown=len(offers))
    groups = [Choices(choices(words, language, offer, OFFERED_KINDS)) for offer in offers]
    return [Text(asked), Items([offer.title for offer in offers]), *groups]
