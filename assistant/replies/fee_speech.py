"""Single parts of what is said about a fee: money, channels, steps, conditions, sources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assistant.replies.blocks import Block, Note, Source, Text
from assistant.replies.money import money, percent
from assistant.replies.templates import Language, Words
from assistant.services.fee_client import ClientTerms
from knowledge.tariff.quote import Quote
from knowledge.tariff.rows import Tariff
from knowledge.tariff.steps import Step, StepKind
from knowledge.tariff.waivers import ClientGrade, Condition, Waiver

_MONEY_VALUES = frozenset({"fee", "each", "amount", "above", "up_to", "before", "part", "less"})
_OLD_STEPS = frozenset(
    {"free", "fixed", "per_item", "bracket", "rate", "floor", "cap", "quantity"}
)  # said by the sentences of ``fee.yml``, the others by those of ``fee_more.yml``


class FeeSpeech:
    """Says parts of a fee in one language.

    Parameters
    ----------
    product_name
        The name of a product in the reader's language.
    terms
        The client the fees are for.
    """

    def __init__(
        self,
        words: Words,
        language: Language,
        tariff: Tariff,
        product_name: Callable[[str], str] = str,
        terms: ClientTerms | None = None,
    ) -> None:
        self.words = words
        self.language = language
        self._tariff = tariff
        self._product_name = product_name
        self._terms = terms

    def say(self, name: str, /, **values: object) -> str:
        """Return a sentence of ``fee.yml``."""
        return self.words.say(self.language, f"fee.{name}", **values)

    def more(self, name: str, /, **values: object) -> str:
        """Return a sentence of ``fee_more.yml``."""
        return self.words.say(self.language, f"fee_more.{name}", **values)

    def local(self, text: object) -> str:
        """Return words that stand in both languages in the reader's."""
        return str(getattr(text, self.language))

    def service(self, code: str) -> str:
        """Return the name of a service."""
        return self.local(self._tariff.service(code).name)

    def unit(self, code: str) -> str:
        """Return what of a service is counted; may be empty."""
        return self.local(self._tariff.service(code).unit)

    def money(self, minor: int, currency: str) -> str:
        """Return an amount."""
        return money(minor, currency, self.language)

    def fee(self, quote: Quote) -> str:
        """Return a fee, in words where it is nothing."""
        return self.amount_or_free(quote.fee_fen, quote.currency)

    def amount_or_free(self, minor: int, currency: str) -> str:
        """Return an amount, in words where it is nothing."""
        return self.money(minor, currency) if minor else self.say("free")

    def channel(self, code: str) -> str:
        """Return a channel."""
        return self.words.label(self.language, "asking.channels", code)

    def channel_of(self, quote: Quote) -> str:
        """Return the channel of a quote."""
        return self.channel(str(quote.query.channel or quote.row.channel))

    def kind_of(self, quote: Quote) -> str:
        """Return the kind of client of a quote."""
        kinds = self.words.labels(self.language, "asking.client_kinds")
        kind = quote.query.client_kind or str(quote.row.client_kind)
        return kinds.get(kind) or self.say("any_kind")

    def asked_amount(self, quote: Quote) -> str:
        """Return the amount asked about in its own currency; empty where there is none."""
        amount = quote.query.amount_fen
        if amount is None:
            return ""
        return self.money(amount, quote.query.currency or quote.currency)

    def grade(self, code: str) -> str:
        """Return a service grade."""
        return self.words.label(self.language, "fee_more.grades", code)

    def joined(self, parts: Iterable[str]) -> str:
        """Return words as one list."""
        return self.words.say(self.language, "common.list", words=list(parts))

    def conditions(self, waiver: Waiver, unmet: Sequence[Condition]) -> str:
        """Return what a client must have for a waiver."""
        said = {
            Condition.GRADE: self._grades,
            Condition.PRODUCT: self._products,
            Condition.BALANCE: self._balance,
        }
        return self.joined(said[condition](waiver) for condition in unmet)

    def step(self, step: Step, quote: Quote) -> str:
        """Return one step of the arithmetic."""
        values: dict[str, object] = {
            name: self._value(name, value, _currency(step, name, quote))
            for name, value in step.values.items()
        }
        if step.kind is StepKind.WAIVER:
            known = {waiver.waiver_id: waiver for waiver in quote.waivers}
            values["name"] = self.local(known[str(step.values["waiver"])].name)
        values["unit"] = values.get("unit") or self.unit(quote.row.service)
        say = self.say if step.kind in _OLD_STEPS else self.more
        return say(f"step_{step.kind}", **values)

    def steps(self, quote: Quote) -> list[str]:
        """Return all steps of the arithmetic."""
        return [self.step(step, quote) for step in quote.steps]

    def sources(self, quote: Quote) -> list[Block]:
        """Return where the price, the waivers and the exchange rate stand."""
        said = [self.source(quote)]
        stacking = self.words.label(self.language, "fee_more.stacking", str(quote.row.stacking))
        said += [
            self.more(
                "waiver_source",
                waiver=waiver.waiver_id,
                source=self.local(waiver.source),
                since=waiver.effective_from.isoformat(),
                until=_day(waiver.effective_to),
                stacking=stacking,
            )
            for waiver in quote.waivers
        ]
        if quote.exchange is not None:
            said.append(self.more("rate_source", **self._rate(quote)))
        return [Source(text) for text in said]

    def source(self, quote: Quote) -> str:
        """Return where the price stands."""
        return self.say(
            "source",
            row=quote.row.row_id,
            source=self.local(quote.source),
            since=quote.effective_from.isoformat(),
            until=_day(quote.effective_to),
            guided=quote.guided,
        )

    def circumstances(self, quote: Quote, today: date) -> list[Block]:
        """Return for whom and as of which day a fee holds, where that is not plain."""
        said: list[Block] = []
        if self._terms is not None:
            client = self._terms.client
            name = client.name_en if self.language == "en" else client.name
            grade = self.grade(quote.query.grade or str(client.grade))
            said.append(Text(self.more("for_client", client=name, grade=grade)))
        if quote.query.on != today:
            said.append(Note(self.more("as_of", on=quote.query.on.isoformat())))
        return said

    def home(self, quote: Quote) -> list[Block]:
        """Return a fee in another currency in yuan, where a rate was posted."""
        if quote.home_fen is None:
            return []
        fee = self.money(quote.home_fen, "CNY")
        return [Note(self.more("home", fee=fee, **self._rate(quote)))]

    def _rate(self, quote: Quote) -> Mapping[str, object]:
        rate = quote.exchange
        assert rate is not None  # noqa: S101  # the callers looked
        return {
            "currency": rate.currency,
            "rate": str(rate.rate),
            "unit": rate.unit,
            "on": rate.on.isoformat(),
            "source": self.local(rate.source),
        }

    def _grades(self, waiver: Waiver) -> str:
        grades = [self.grade(str(grade)) for grade in ClientGrade if grade in waiver.grades]
        return self.more("condition_grade", grades="/".join(grades))

    def _products(self, waiver: Waiver) -> str:
        names = "/".join(self._product_name(product) for product in sorted(waiver.products))
        return self.more("condition_product", products=names)

    def _balance(self, waiver: Waiver) -> str:
        least = waiver.least_balance or 0
        balance = self.money(least, "CNY")
        has = self._terms.average_balance if self._terms else None
        if has is None or has >= least:
            return self.more("condition_balance", balance=balance)
        held, lacking = self.money(has, "CNY"), self.money(least - has, "CNY")
        return self.more("condition_missing", balance=balance, has=held, lacks=lacking)

    def _value(self, name: str, value: object, currency: str) -> object:
        if name == "rate":
            return str(value)
        if isinstance(value, int) and name in _MONEY_VALUES:
            return self.money(value, currency)
        if isinstance(value, Decimal):
            return percent(value, self.language)
        if isinstance(value, Fraction):
            return self.money(round(value), currency)
        return value.isoformat() if isinstance(value, date) else value


def _currency(step: Step, name: str, quote: Quote) -> str:
    """Return the currency of a value: an amount that is converted is in another one."""
    foreign = step.values.get("foreign")
    return str(foreign) if foreign and name == "amount" else quote.currency


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
