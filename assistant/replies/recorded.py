"""What is said after an outcome was recorded, taken back, or left something open."""

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Note, Text
from assistant.replies.buttons import payload
from assistant.replies.outcomes import OFFERED_KINDS, Offer, choices
from assistant.replies.templates import Language, Words
from assistant.services.outcomes import Draft, Recorded, TakenBack
from crm.clients.rights import Client
from crm.products import Product
from crm.terms import OutcomeKind


def present_recorded(words: Words, language: Language, found: Recorded) -> list[Block]:
    """Say what was recorded and what follows; ask why, where a refusal came without a reason."""
    reasons = words.labels(language, "outcomes.reasons")
    said = words.say(
        language,
        "outcomes.recorded",
        **_named(language, found.client, found.product),
        kind=words.label(language, "outcomes.kinds", found.kind),
        reason="" if found.reason is None else reasons[found.reason],
    )
    blocks: list[Block] = [Text(said)]
    if found.quiet_until is not None:
        until = found.quiet_until.isoformat()
        blocks.append(
            Note(words.say(language, "outcomes.quiet", until=until, scope=str(found.scope)))
        )
    buttons: list[Choice] = []
    if found.kind is OutcomeKind.REFUSED and found.reason is None:
        blocks.append(Text(words.say(language, "outcomes.which_reason")))
        buttons += [_reason(found, code, title) for code, title in reasons.items()]
    undo = payload(Intent.RECORD_OUTCOME, undo=str(found.outcome_id))
    buttons.append(Choice(words.say(language, "outcomes.undo"), undo))
    return [*blocks, Choices(buttons)]


def present_taken_back(words: Words, language: Language, found: TakenBack) -> list[Block]:
    """Say what was taken back."""
    if found.client is None or found.product is None or found.kind is None:
        return [Note(words.say(language, "outcomes.nothing_to_undo"))]
    said = words.say(
        language,
        "outcomes.undone",
        **_named(language, found.client, found.product),
        kind=words.label(language, "outcomes.kinds", found.kind),
    )
    return [Text(said)]


def ask_outcome(words: Words, language: Language, draft: Draft) -> list[Block]:
    """Ask what came of an offer whose client and product are known."""
    if draft.client is None or draft.product is None:
        return [Text(words.say(language, "asking.client"))]
    named = _named(language, draft.client, draft.product)
    offer = Offer(draft.client.client_id, draft.product.product_id, named["product"])
    kinds = (*OFFERED_KINDS, OutcomeKind.WRONG_CLIENT)
    return [
        Text(words.say(language, "outcomes.which_outcome", **named)),
        Choices(choices(words, language, offer, kinds)),
    ]


def _reason(found: Recorded, code: str, title: str) -> Choice:
    chosen = payload(
        Intent.RECORD_OUTCOME,
        client_id=found.client.client_id,
        product_id=found.product.product_id,
        outcome=str(found.kind),
        reason=code,
    )
    return Choice(title, chosen)


def _named(language: Language, client: Client, product: Product) -> dict[str, str]:
    if language == "zh":
        return {"client": client.name, "product": product.name_zh}
    return {"client": client.name_en or client.name, "product": product.name_en}
