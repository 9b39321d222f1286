"""What is known of a fee question after a message: what it says, over what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from assistant.names import Topic
from assistant.services.question import FeeAim, FeeDetails, Question
from assistant.services.resources import Resources
from assistant.understanding import fee_cues
from assistant.understanding.amounts import Amount, Quantity, find_amounts, find_quantities
from assistant.understanding.blanking import blanked
from assistant.understanding.details import Channel, find_channels, find_client_kind
from knowledge.entries import Entry
from knowledge.tariff.services import ServiceMatch

_CLOSE_SECOND = 0.97
_SURE = 0.5
_MOST_SERVICES = 6
VIP = "vip"
_KINDS = ("corporate", "personal")


@dataclass(frozen=True, slots=True)
class Asked:
    """A message about a fee as it was read.

    Attributes
    ----------
    details
        With what was known before.
    services
        Those named or chosen in this message; several when they fit alike.
    rest
        The message without the words of those services, amounts and numbers of items.
    explained
        Whether nothing is in the message besides, so that no client can be named in it.
    """

    details: FeeDetails
    services: tuple[str, ...]
    rest: str
    explained: bool


def read_fee_question(resources: Resources, question: Question) -> Asked:
    """Read a message about a fee.

    What it does not say is taken from the fee question before it, unless it names another service.
    """
    matches = _matches(resources, question)
    services = _services(question, matches)
    entry = None if services else _entry_asked_after(resources, question)
    if entry is not None:
        services = tuple(entry.services[:1])
    channels = _channels(question.text, matches, services)
    before = _before(question, _one(services))
    aim = _aim(question, before, named=bool(services), channels=channels)
    said = FeeDetails(
        service=_one(services) if services else before.service,
        client_kind=(
            question.choices.get("client_kind")
            or find_client_kind(question.text)
            or (entry.client_kind if entry is not None and entry.client_kind in _KINDS else None)
            or before.client_kind
        ),
        channel=(
            question.choices.get("channel")
            or (channels[0] if len(channels) == 1 else None)
            or before.channel
        ),
        grade=_precise(fee_cues.find_grade(question.text)) or before.grade,
        aim=aim,
        compared=_compared(before, channels) if aim == "channels" else (),
    )
    said = _with_money(said, before, question.text)
    rest = _rest(question.text, matches)
    explained = not rest.strip() or fee_cues.bare_fee_details(rest, question.today)
    return Asked(_with_times(said, before, question), services, rest, explained)


def _matches(resources: Resources, question: Question) -> tuple[ServiceMatch, ...]:
    """Return the services named; a bare detail names one only where it is plainly one."""
    matches = resources.content.library.match_service(question.text, question.language)
    pending = question.memory.pending
    asked = pending is not None and pending.detail == "service"
    follows = question.memory.fee is not None and not asked
    if follows and fee_cues.bare_fee_details(question.text, question.today):
        # "and by mobile banking?" changes the channel of the fee before
        return tuple(match for match in matches if match.score >= _SURE and not match.channel)
    if find_amounts(question.text) or len(find_channels(question.text)) > 1:
        return tuple(match for match in matches if not match.channel)
    return matches


def _entry_asked_after(resources: Resources, question: Question) -> Entry | None:
    """Return the procedure just shown, where a message asks for a price and names nothing else."""
    memory = question.memory
    if memory.topic is not Topic.PROCEDURE or memory.entry_id is None or memory.pending is not None:
        return None
    if not fee_cues.asks_price_alone(question.text, question.today):
        return None
    return resources.content.library.entry(memory.entry_id, question.language)


def _services(question: Question, matches: Sequence[ServiceMatch]) -> tuple[str, ...]:
    if chosen := question.choices.get("service"):
        return (chosen,)
    best = matches[0].score if matches else 0
    close = [match.service for match in matches if match.score >= best * _CLOSE_SECOND]
    return tuple(close[:_MOST_SERVICES])


def _channels(
    text: str, matches: Sequence[ServiceMatch], services: Sequence[str]
) -> tuple[Channel, ...]:
    """Return the channels named, not those in a service's name: online banking is opened, too."""
    names = [word for match in matches if match.service in services for word in match.words]
    return find_channels(blanked(text, names))


def _one(services: Sequence[str]) -> str | None:
    return services[0] if len(services) == 1 else None


def _rest(text: str, matches: Sequence[ServiceMatch]) -> str:
    """Return a message without the words of services, amounts and numbers of items."""
    spans = [word for match in matches for word in match.words]
    spans += [(amount.start, amount.end) for amount in find_amounts(text)]
    spans += [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    return blanked(text, spans)


def _before(question: Question, service: str | None) -> FeeDetails:
    """Return what was known before, nothing where the message is about another fee.

    A message that names the service again asks anew: days, grade and numbers said before are over.
    """
    before = question.memory.fee or FeeDetails()
    follows = question.memory.topic == Topic.FEE
    if not follows or (service is not None and before.service not in (None, service)):
        return FeeDetails()
    if service is None or question.memory.pending is not None or before.service is None:
        return before
    return FeeDetails(
        service=before.service,
        client_kind=before.client_kind,
        channel=before.channel,
        amount=before.amount,
        currency=before.currency,
    )


def _aim(
    question: Question, before: FeeDetails, *, named: bool, channels: Sequence[str]
) -> FeeAim | None:
    """Return what is wanted; a bare detail keeps what was wanted before."""
    text = question.text
    if fee_cues.wants_free(text):
        return "free"
    if fee_cues.compares_grades(text):
        return "grades"
    if (
        fee_cues.compares_channels(text)
        or len(channels) > 1
        or _cheaper_than(before, channels, text)
    ):
        return "channels"
    grade = fee_cues.find_grade(text)
    if grade == VIP:
        return "grades"
    if grade or channels or (named and question.memory.pending is None):
        return None
    return before.aim


def _cheaper_than(before: FeeDetails, channels: Sequence[str], text: str) -> bool:
    """Whether the fee before is weighed against another channel: "how much less online?"."""
    if not channels:
        alone = before.channel is not None and fee_cues.find_grade(text) is None
        return alone and fee_cues.asks_how_much_less(text)
    other = len(channels) == 1 and before.channel not in (None, channels[0])
    return other and fee_cues.asks_difference(text)


def _compared(before: FeeDetails, channels: Sequence[str]) -> Sequence[str]:
    if len(channels) == 1 and before.channel is not None:
        return before.channel, channels[0]
    return channels or before.compared


def _precise(grade: str | None) -> str | None:
    return None if grade == VIP else grade


def _with_money(said: FeeDetails, before: FeeDetails, text: str) -> FeeDetails:
    amounts, quantities = fee_cues.find_offers(text), find_quantities(text)
    divided = fee_cues.find_division(text)
    weighed = fee_cues.wants_one_of_several(text)
    if divided and (amount := amounts[0].minor if amounts else before.amount):
        currency = amounts[0].currency if amounts else before.currency
        offers = ((-(-amount // divided), divided, currency), (amount, 1, currency))
        return replace(
            said, amount=amount, currency=currency, quantity=None, offers=offers, weighed=True
        )
    if len(amounts) > 1:
        return replace(
            said,
            amount=amounts[0].minor,
            currency=amounts[0].currency,
            offers=_paired(amounts, quantities),
            weighed=weighed,
        )
    if amounts:
        said = replace(
            said, amount=amounts[0].minor, currency=amounts[0].currency, upper=amounts[0].upper
        )
    else:
        said = replace(said, amount=before.amount, currency=before.currency, upper=before.upper)
        said = replace(said, offers=before.offers, weighed=before.weighed)
    if quantities:
        return replace(said, quantity=quantities[0].count, offers=())
    return replace(said, quantity=before.quantity)


def _paired(
    amounts: Sequence[Amount], quantities: Sequence[Quantity]
) -> tuple[tuple[int, int, str], ...]:
    """Give each amount the number of items that stands nearest to it."""
    counts: dict[int, int] = {}
    pairs = sorted(
        product(range(len(amounts)), range(len(quantities))),
        key=lambda pair: _gap(amounts[pair[0]], quantities[pair[1]]),
    )
    taken: set[int] = set()
    for amount, quantity in pairs:
        if amount not in counts and quantity not in taken:
            counts[amount] = quantities[quantity].count
            taken.add(quantity)
    return tuple(
        (amount.minor, counts.get(place, 1), amount.currency)
        for place, amount in enumerate(amounts)
    )


def _gap(amount: Amount, quantity: Quantity) -> int:
    return max(amount.start - quantity.end, quantity.start - amount.end)


def _with_times(said: FeeDetails, before: FeeDetails, question: Question) -> FeeDetails:
    length = fee_cues.find_length(question.text, question.today)
    months, days = (before.months, before.days) if length is None else (length.months, length.days)
    said = replace(said, months=months, days=days, first=before.first, last=before.last)
    periods = fee_cues.find_days(question.text, question.today)
    if not periods:
        now = fee_cues.says_now(question.text)
        return replace(said, first=None, last=None) if now else said
    first, last = periods[0].first, periods[0].last
    if first <= question.today <= last or first == date.min:
        return replace(said, first=None, last=None)
    return replace(said, first=first.isoformat(), last=last.isoformat())
