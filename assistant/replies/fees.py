"""Quotes, comparisons and questions back, as blocks."""

from collections.abc import Callable, Sequence
from datetime import date

from assistant.names import Intent
from assistant.replies.blocks import Block, Choice, Choices, Figure, Items, Note, Text
from assistant.replies.buttons import payload
from assistant.replies.fee_changes import present_changes, present_freedom
from assistant.replies.fee_comparisons import present_bands, present_compared
from assistant.replies.fee_speech import FeeSpeech
from assistant.replies.money import money
from assistant.replies.pages import tariff_link
from assistant.replies.templates import Language, Words
from assistant.services.fee_client import ClientTerms
from assistant.services.fees import Compared, FeeAnswer, Quoted
from assistant.services.question import FeeDetails
from knowledge.errors import AmountNotPositive, NoTariffRow, RateMissing
from knowledge.tariff.freedom import Freedom
from knowledge.tariff.missing import Missing
from knowledge.tariff.periods import PerPeriod
from knowledge.tariff.quote import Quote
from knowledge.tariff.rows import Tariff
from knowledge.tariff.spans import Span

_MOST_BUTTONS = 8
_CHOICE_INTENTS = {
    "service": Intent.CHOOSE_SERVICE,
    "client_kind": Intent.CHOOSE_CLIENT_KIND,
    "channel": Intent.CHOOSE_CHANNEL,
}


class FeePresenter:
    """Says fees in one language."""

    def __init__(self, words: Words, language: Language, tariff: Tariff) -> None:
        self._words = words
        self._language = language
        self._tariff = tariff

    def answer(
        self, found: FeeAnswer, today: date, product_name: Callable[[str], str] = str
    ) -> list[Block]:
        """Return what was found, or the question for what is missing."""
        blocks = self._found(found, today, product_name)
        if not found.unknown or isinstance(found.result, Missing):
            return blocks
        said = self._words.say(self._language, "fee_more.unknown_client", named=found.unknown)
        return [*blocks, Note(said)]

    def _found(
        self, found: FeeAnswer, today: date, product_name: Callable[[str], str]
    ) -> list[Block]:
        result, speech = found.result, self._speech(found.terms, product_name)
        if isinstance(result, Missing):
            return self.missing(result, found.details)
        if isinstance(result, Quoted):
            return self.quote(result, today, speech)
        if isinstance(result, Freedom):
            return present_freedom(speech, result, found.details.service or "")
        if isinstance(result, Compared):
            about = speech.circumstances(result.quotes[0], today)
            return [*about, *present_compared(speech, result)]
        return [*speech.circumstances(result[0].low, today), *present_bands(speech, result)]

    def quote(self, quoted: Quoted, today: date, speech: FeeSpeech | None = None) -> list[Block]:
        """Return the fee, the arithmetic, what would change it, and the source."""
        speech = speech or self._speech()
        quote = quoted.quote
        figure = Figure(
            label=speech.say("label", service=speech.service(quote.row.service)),
            value=speech.fee(quote),
            note=_figure_note(speech, quote),
        )
        steps = speech.steps(quote)
        blocks: list[Block] = [figure, *speech.circumstances(quote, today)]
        blocks += [Items(steps, ordered=len(steps) > 1), *speech.home(quote)]
        if note := speech.local(quote.note):
            blocks.append(Note(note))
        blocks += present_changes(speech, quoted.changes, quoted.today)
        link = tariff_link(self._words, self._language, quote.row.row_id)
        return [*blocks, *speech.sources(quote), link]

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

    def rate_missing(self, error: RateMissing) -> list[Block]:
        """Return that an amount cannot be converted on its day."""
        said = self._speech().more("rate_missing", currency=error.currency, on=error.on.isoformat())
        return [Note(said, "warning")]

    def no_row(self, error: NoTariffRow, details: FeeDetails) -> list[Block]:
        """Return that nothing is priced so, and what is."""
        service = self._local(self._tariff.service(error.service).name)
        offered = {
            "channel": [c for c in error.channels if c != details.channel],
            "client_kind": [k for k in error.client_kinds if k != details.client_kind],
        }
        said = [
            self._say(
                "no_row",
                service=service,
                channels=self._list("channels", offered["channel"]),
                kinds=self._list("client_kinds", offered["client_kind"]),
                currencies=", ".join(error.currencies),
            )
        ]
        if details.first and not any((*error.channels, *error.client_kinds, *error.currencies)):
            since = error.valid_from.isoformat() if error.valid_from else ""
            said = [self._speech().more("not_priced_then", on=details.first, since=since)]
        buttons = [self._choice(d, code) for d, codes in offered.items() for code in codes]
        note = Note(said[0], "warning")
        return [note, *([Choices(buttons[:_MOST_BUTTONS])] if buttons else [])]

    def _speech(
        self, terms: ClientTerms | None = None, product_name: Callable[[str], str] = str
    ) -> FeeSpeech:
        return FeeSpeech(self._words, self._language, self._tariff, product_name, terms)

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"fee.{name}", **values)

    def _local(self, text: object) -> str:
        return str(getattr(text, self._language))

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


def _figure_note(speech: FeeSpeech, quote: Quote) -> str:
    query = quote.query
    said = [
        speech.say(
            "figure_note",
            kind=speech.kind_of(quote),
            channel=speech.channel_of(quote),
            amount=speech.asked_amount(quote),
            quantity=query.quantity or 1,
            unit=speech.unit(quote.row.service),
        )
    ]
    if query.grade and not speech.for_a_client:
        said.append(speech.grade(query.grade))
    if query.span and isinstance(quote.row.basis, PerPeriod):
        days = (query.span.last - query.span.first).days + 1
        months = query.span.months_begun
        whole = Span.of_months(query.span.first, months) == query.span
        said.append(speech.more("lasting", months=months if whole else 0, days=days))
    if quote.waivers:
        fee = speech.money(quote.list_fee_fen, quote.currency)
        said.append(speech.more("list_price", fee=fee))
    return " · ".join(said)
