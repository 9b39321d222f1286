"""Fees side by side: channels, grades, amounts, days, and the bands of a range."""

from collections.abc import Sequence

from assistant.replies.blocks import Block, Column, Details, Items, Table, Text
from assistant.replies.fee_speech import FeeSpeech
from assistant.services.fees import Compared
from knowledge.tariff.comparing import Band
from knowledge.tariff.quote import Quote


def present_compared(speech: FeeSpeech, compared: Compared) -> list[Block]:
    """Return a verdict, the table it is read from, and how each fee is worked out."""
    present = {
        "channels": _channels,
        "grades": _grades,
        "offers": _weighed if compared.weighed else _added,
        "days": _days,
    }
    return [*present[compared.by](speech, compared.quotes), _how(speech, compared.quotes)]


def present_bands(speech: FeeSpeech, found: Sequence[Band]) -> list[Block]:
    """Return the fees of a range of amounts, a row for each rule."""
    first, last = found[0].low, found[-1].high
    ends = [quote for band in found for quote in (band.low, band.high)]
    least, most = (pick(ends, key=lambda q: q.fee_fen) for pick in (min, max))
    said = speech.more(
        "range_says",
        low=speech.asked_amount(first),
        high=speech.asked_amount(last),
        least=speech.fee(least),
        most=speech.fee(most),
    )
    caption = speech.more(
        "range",
        service=speech.service(first.row.service),
        kind=speech.kind_of(first),
        channel=speech.channel_of(first),
    )
    rows = [
        (_ends(speech, band, amounts=True), _ends(speech, band, amounts=False)) for band in found
    ]
    columns = _columns(speech, "range", "fee")
    return [Text(said), Table(columns, rows, caption), _how(speech, [first, last])]


def _channels(speech: FeeSpeech, quotes: Sequence[Quote]) -> list[Block]:
    labels = speech.words.labels(speech.language, "fee.compare_columns")
    columns = [Column(labels["channel"]), Column(labels["fee"], "right"), Column(labels["row"])]
    rows = [(speech.channel_of(q), speech.fee(q), q.row.row_id) for q in quotes]
    cheapest = min(quotes, key=lambda q: q.fee_fen)
    if all(q.fee_fen == cheapest.fee_fen for q in quotes):
        verdict = speech.say("same")
    else:
        verdict = speech.say(
            "cheapest", channel=speech.channel_of(cheapest), fee=speech.fee(cheapest)
        )
    service = speech.service(quotes[0].row.service)
    caption = speech.say("compare", service=service, amount=speech.asked_amount(quotes[0]))
    return [Text(verdict), Table(columns, rows, caption)]


def _grades(speech: FeeSpeech, quotes: Sequence[Quote]) -> list[Block]:
    standard = quotes[0]
    better = next((q for q in quotes if q.fee_fen < standard.fee_fen), None)
    if better is None:
        verdict = speech.more("grade_same", fee=speech.fee(standard))
    else:
        verdict = speech.more(
            "grade_saves",
            grade=speech.grade(str(better.query.grade)),
            saved=speech.money(standard.fee_fen - better.fee_fen, standard.currency),
            fee=speech.fee(better),
            full=speech.fee(standard),
        )
    rows = [
        (
            speech.grade(str(q.query.grade)),
            speech.fee(q),
            speech.money(standard.fee_fen - q.fee_fen, q.currency),
            ", ".join([q.row.row_id, *(waiver.waiver_id for waiver in q.waivers)]),
        )
        for q in quotes
    ]
    caption = speech.more(
        "compare_grades",
        service=speech.service(standard.row.service),
        channel=speech.channel_of(standard),
        amount=speech.asked_amount(standard),
    )
    columns = _columns(speech, "grade", "fee", "saved", "row")
    return [Text(verdict), Table(columns, rows, caption)]


def _weighed(speech: FeeSpeech, quotes: Sequence[Quote]) -> list[Block]:
    ordered = sorted(quotes, key=lambda q: q.fee_fen)
    cheapest, dearest = ordered[0], ordered[-1]
    if len({q.currency for q in quotes}) > 1:
        verdict = speech.more("offer_unlike")
    elif cheapest.fee_fen == dearest.fee_fen:
        verdict = speech.more("offer_same", fee=speech.fee(cheapest))
    else:
        verdict = speech.more(
            "offer_cheaper",
            offer=_offer(speech, cheapest),
            fee=speech.fee(cheapest),
            other=_offer(speech, dearest),
            saved=speech.money(dearest.fee_fen - cheapest.fee_fen, cheapest.currency),
        )
    return [Text(verdict), _offers(speech, quotes)]


def _added(speech: FeeSpeech, quotes: Sequence[Quote]) -> list[Block]:
    if len({q.currency for q in quotes}) > 1:
        verdict = speech.more("offer_unlike")
    else:
        total = sum(q.fee_fen for q in quotes)
        fee = speech.amount_or_free(total, quotes[0].currency)
        verdict = speech.more("offer_total", fee=fee)
    return [Text(verdict), _offers(speech, quotes)]


def _offers(speech: FeeSpeech, quotes: Sequence[Quote]) -> Table:
    rows = [(_offer(speech, q), speech.fee(q), q.row.row_id) for q in quotes]
    caption = speech.more(
        "compare_offers",
        service=speech.service(quotes[0].row.service),
        channel=speech.channel_of(quotes[0]),
    )
    return Table(_columns(speech, "offer", "fee", "row"), rows, caption)


def _offer(speech: FeeSpeech, quote: Quote) -> str:
    amount = speech.asked_amount(quote)
    return speech.more("offer", amount=amount, quantity=quote.query.quantity or 1)


def _days(speech: FeeSpeech, quotes: Sequence[Quote]) -> list[Block]:
    rows = [(q.query.on.isoformat(), speech.fee(q), q.row.row_id) for q in quotes]
    caption = speech.more(
        "compare_days",
        service=speech.service(quotes[0].row.service),
        channel=speech.channel_of(quotes[0]),
    )
    verdict = Text(speech.more("days_differ", count=len(quotes)))
    return [verdict, Table(_columns(speech, "day", "fee", "row"), rows, caption)]


def _ends(speech: FeeSpeech, band: Band, *, amounts: bool) -> str:
    said = [
        speech.asked_amount(quote) if amounts else speech.fee(quote)
        for quote in (band.low, band.high)
    ]
    return " – ".join(dict.fromkeys(said))


def _columns(speech: FeeSpeech, *names: str) -> list[Column]:
    labels = speech.words.labels(speech.language, "fee_more.columns")
    return [Column(labels[n], "right" if n in ("fee", "saved") else "left") for n in names]


def _how(speech: FeeSpeech, quotes: Sequence[Quote]) -> Details:
    blocks: list[Block] = []
    for quote in quotes:
        blocks += [Items(speech.steps(quote)), *speech.sources(quote)]
    return Details(speech.say("how"), list(dict.fromkeys(map(_hashable, blocks))))


def _hashable(block: Block) -> Block:
    """Return a block that can be compared, so that what is said twice is said once."""
    return Items(tuple(block.items), block.ordered) if isinstance(block, Items) else block
