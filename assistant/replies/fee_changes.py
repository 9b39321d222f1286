"""What would change a fee, and what it takes to pay nothing."""

from collections.abc import Iterable

from assistant.replies.blocks import Block, Details, Heading, Items, Text
from assistant.replies.fee_speech import FeeSpeech
from knowledge.tariff.changes import Change, ChangeKind
from knowledge.tariff.freedom import Freedom, Way, WayKind
from knowledge.tariff.quote import Quote

_MOST_CHANGES = 5
_MOST_WAYS = 8


def present_changes(
    speech: FeeSpeech, changes: Iterable[Change], today: Quote | None
) -> list[Block]:
    """Return what would change a fee, each with the fee it would bring."""
    said = [_change(speech, change) for change in changes][:_MOST_CHANGES]
    if today is not None:
        on = today.query.on.isoformat()
        fee, row = speech.fee(today), today.row.row_id
        said.append(speech.more("change_today", on=on, fee=fee, row=row))
    return [Heading(speech.more("changes")), Items(said)] if said else []


def present_freedom(speech: FeeSpeech, found: Freedom, service: str) -> list[Block]:
    """Return every way to pay nothing, or the lowest fee where there is none."""
    name = speech.service(service)
    blocks: list[Block] = []
    ways = list(dict.fromkeys(_way(speech, way) for way in found.ways))[:_MOST_WAYS]
    cheapest = found.cheapest
    if cheapest is not None and cheapest.fee_fen == 0:
        how = ", ".join([speech.channel_of(cheapest), *(w.waiver_id for w in cheapest.waivers)])
        blocks.append(Text(speech.more("free_already", service=name, how=how)))
    if ways:
        blocks += [Text(speech.more("free_ways", service=name)), Items(ways)]
    elif not blocks:
        blocks.append(Text(speech.more("free_none", service=name)))
    if cheapest is not None and cheapest.fee_fen > 0:
        channel, row = speech.channel_of(cheapest), cheapest.row.row_id
        said = speech.more("free_cheapest", fee=speech.fee(cheapest), channel=channel, row=row)
        blocks.append(Text(said))
    if cheapest is not None:
        blocks.append(Details(speech.say("how"), [Items(speech.steps(cheapest))]))
        blocks += speech.sources(cheapest)
    return blocks


def _change(speech: FeeSpeech, change: Change) -> str:
    quote = change.quote
    fee, row = speech.fee(quote), quote.row.row_id
    if change.kind is ChangeKind.CHANNEL:
        return speech.more("change_channel", channel=speech.channel_of(quote), fee=fee, row=row)
    if change.kind in (ChangeKind.UP_TO, ChangeKind.ABOVE, ChangeKind.CAPPED):
        limit = speech.money(change.limit or 0, quote.currency)
        return speech.more(f"change_{change.kind}", limit=limit, fee=fee)
    if change.waiver is not None:
        return speech.more(
            "change_waiver",
            conditions=speech.conditions(change.waiver, change.unmet),
            fee=fee,
            name=speech.local(change.waiver.name),
            waiver=change.waiver.waiver_id,
            until=change.waiver.effective_to and change.waiver.effective_to.isoformat(),
        )
    on = change.on.isoformat() if change.on else ""
    return speech.more("change_later", on=on, fee=fee, row=row)


def _way(speech: FeeSpeech, way: Way) -> str:
    channel, row = speech.channel(way.channel), way.row.row_id
    if way.waiver is not None:
        name, code = speech.local(way.waiver.name), way.waiver.waiver_id
        if not way.unmet:
            return speech.more("way_met", name=name, waiver=code)
        return speech.more(
            "way_waiver",
            conditions=speech.conditions(way.waiver, way.unmet),
            channel="" if way.channel == "any" else channel,
            name=name,
            waiver=code,
            until=way.waiver.effective_to and way.waiver.effective_to.isoformat(),
        )
    if way.kind is WayKind.UP_TO:
        limit = speech.money(way.limit or 0, way.row.currency)
        return speech.more("way_up_to", channel=channel, limit=limit, row=row)
    if way.kind is WayKind.PIECES:
        return speech.more("way_pieces", limit=way.limit, row=row)
    return speech.more("way_channel", channel=channel, row=row)
