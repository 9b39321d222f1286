"""Quotes, comparisons and questions back, as blocks."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.names import Intent
from assistant.replies.blocks import (
    Block,
    Choice,
    Choices,
    Column,
    Details,
    Figure,
    Items,
    Note,
    Source,
    Table,
    Text,
)
from assistant.replies.buttons import payload
from assistant.replies.money import money, percent
from assistant.replies.pages import tariff_link
from assistant.replies.templates import Language, Words
from assistant.services.question import FeeDetails
from knowledge.errors import AmountNotPositive, NoTariffRow
from knowledge.tariff.missing import Missing
from knowledge.tariff.quote import Quote
from knowledge.tariff.rows import Tariff
from knowledge.tariff.steps import Step

_MOST_BUTTONS = 8
_CHOICE_INTENTS = {
    "service": Intent.CHOOSE_SERVICE,
    "client_kind": Intent.CHOOSE_CLIENT_KIND,
    "channel": Intent.CHOOSE_CHANNEL,
}
_MONEY_VALUES = frozenset({"fee", "each", "amount", "above", "up_to", "before"})


class FeePresenter:
    """Says fees in one language."""

    def __init__(self, words: Words, language: Language, tariff: Tariff) -> None:
        self._words = words
        self._language = language
        self._tariff = tariff

    def quote(self, quote: Quote) -> list[Block]:
        """Return the fee, the arithmetic and the source."""
        service = self._tariff.service(quote.row.service)
        figure = Figure(
            label=self._say("label", service=self._local(service.name)),
            value=self._fee(quote),
            note=self._figure_note(quote, self._local(service.unit)),
        )
        steps = [self._step(step, quote.currency) for step in quote.steps]
        blocks: list[Block] = [figure, Items(steps, ordered=len(steps) > 1)]
        if note := self._local(quote.note):
            blocks.append(Note(note))
        link = tariff_link(self._words, self._language, quote.row.row_id)
        return [*blocks, Source(self._source(quote)), link]

    def comparison(self, quotes: Sequence[Quote]) -> list[Block]:
        """Return the same fee in several channels, the cheapest named."""
        first = quotes[0]
        service = self._local(self._tariff.service(first.row.service).name)
        labels = self._words.labels(self._language, "fee.compare_columns")
        rows = [(self._channel(q), self._fee(q), q.row.row_id) for q in quotes]
        cheapest = min(quotes, key=lambda q: q.fee_fen)
        if all(q.fee_fen == cheapest.fee_fen for q in quotes):
            verdict = self._say("same")
        else:
            verdict = self._say(
                "cheapest", channel=self._channel(cheapest), fee=self._fee(cheapest)
            )
        amount = first.query.amount_fen
        caption = self._say(
            "compare",
            service=service,
            amount=money(amount, first.currency, self._language) if amount else "",
        )
        columns = [
            Column(labels["channel"]),
            Column(labels["fee"], "right"),
            Column(labels["row"]),
        ]
        sources = [Source(self._source(q)) for q in quotes]
        how = [Items([self._step(s, q.currency) for s in q.steps]) for q in quotes]
        folded = [block for pair in zip(how, sources, strict=True) for block in pair]
        return [Text(verdict), Table(columns, rows, caption), Details(self._say("how"), folded)]

    def missing(self, missing: Missing, details: FeeDetails) -> list[Block]:
        """Return the question for the first detail that is missing, with buttons."""
        detail = missing.details[0]
        said: list[Block] = []
        if known := self._known(details):
            said.append(Text(self._say("known", details=known)))
        said.append(Text(self._words.say(self._language, f"asking.{detail}")))
        choices = missing.choices.get(detail, ())[:_MOST_BUTTONS]
        if detail in _CHOICE_INTENTS and choices:
            said.append(Choices([self._choice(detail, code) for code in choices]))
        return said

    def not_positive(self, error: AmountNotPositive) -> list[Block]:
        """Return the refusal of an amount or number that is zero or less."""
        value = (
            money(error.value, "CNY", self._language)
            if error.detail == "amount"
            else str(error.value)
        )
        return [Note(self._say("amount_not_positive", value=value), "warning")]

    def no_row(self, error: NoTariffRow, details: FeeDetails) -> list[Block]:
        """Return that nothing is priced so, and what is."""
        service = self._local(self._tariff.service(error.service).name)
        offered = {
            "channel": [c for c in error.channels if c != details.channel],
            "client_kind": [k for k in error.client_kinds if k != details.client_kind],
        }
        said = self._say(
            "no_row",
            service=service,
            channels=self._list("channels", offered["channel"]),
            kinds=self._list("client_kinds", offered["client_kind"]),
            currencies=", ".join(error.currencies),
        )
        buttons = [self._choice(d, code) for d, codes in offered.items() for code in codes]
        return [Note(said, "warning"), *([Choices(buttons[:_MOST_BUTTONS])] if buttons else [])]

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"fee.{name}", **values)

    def _local(self, text: object) -> str:
        return str(getattr(text, self._language))

    def _fee(self, quote: Quote) -> str:
        if quote.fee_fen == 0:
            return self._say("free")
        return money(quote.fee_fen, quote.currency, self._language)

    def _channel(self, quote: Quote) -> str:
        channel = quote.query.channel or quote.row.channel
        return self._words.label(self._language, "asking.channels", str(channel))

    def _figure_note(self, quote: Quote, unit: str) -> str:
        kind = quote.query.client_kind or str(quote.row.client_kind)
        kinds = self._words.labels(self._language, "asking.client_kinds")
        amount = quote.query.amount_fen
        return self._say(
            "figure_note",
            kind=kinds.get(kind) or self._say("any_kind"),
            channel=self._channel(quote),
            amount=money(amount, quote.currency, self._language) if amount else "",
            quantity=quote.query.quantity or 1,
            unit=unit,
        )

    def _step(self, step: Step, currency: str) -> str:
        values: Mapping[str, object] = {
            name: self._value(name, value, currency) for name, value in step.values.items()
        }
        return self._say(f"step_{step.kind}", **values)

    def _value(self, name: str, value: object, currency: str) -> object:
        if isinstance(value, int) and name in _MONEY_VALUES:
            return money(value, currency, self._language)
        if isinstance(value, Decimal):
            return percent(value, self._language)
        return value

    def _source(self, quote: Quote) -> str:
        return self._say(
            "source",
            row=quote.row.row_id,
            source=self._local(quote.source),
            since=quote.effective_from.isoformat(),
            until=quote.effective_to.isoformat() if quote.effective_to else "",
            guided=quote.guided,
        )

    def _choice(self, detail: str, code: str) -> Choice:
        if detail == "service":
            title = self._local(self._tariff.service(code).name)
        else:
            title = self._words.label(self._language, f"asking.{detail}s", code)
        return Choice(title, payload(_CHOICE_INTENTS[detail], **{detail: code}))

    def _known(self, details: FeeDetails) -> str:
        parts = []
        if details.service:
            parts.append(self._local(self._tariff.service(details.service).name))
        if details.client_kind:
            parts.append(self._list("client_kinds", [details.client_kind]))
        if details.channel:
            parts.append(self._list("channels", [details.channel]))
        if details.amount is not None:
            parts.append(money(details.amount, details.currency, self._language))
        return " · ".join(parts)

    def _list(self, table: str, codes: Sequence[str]) -> str:
        words = [self._words.label(self._language, f"asking.{table}", code) for code in codes]
        return self._words.say(self._language, "common.list", words=words)
