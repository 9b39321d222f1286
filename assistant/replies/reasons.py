"""Reasons, rules and shares of the recommender, put in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.replies.money import money
from assistant.replies.ranges import read_range, say_range, say_trend
from assistant.replies.templates import Language, Words
from assistant.services.cases import RuleTerms
from crm.products import Product
from recommender.gate_rules import Rule
from recommender.levels import MISSING
from recommender.results import HeldBack, Reason, ReasonKind

_MAIN_REASONS = 3
_NOTEWORTHY = 0.02
_TREND = "trend"
_SMALL = 0.25
"""An end of the clients of a type worth naming."""


class ReasonWords:
    """Says reasons and rules in one language.

    Parameters
    ----------
    products
        Every product of the catalogue by id.
    terms
        The bank's own rules, which bring their words with them, and its branches.
    """

    def __init__(
        self,
        words: Words,
        language: Language,
        products: Mapping[str, Product],
        terms: RuleTerms | None = None,
    ) -> None:
        self._words = words
        self._language = language
        self._products = products
        terms = terms or RuleTerms()
        self._limits = {limit.code: limit for limit in terms.limits}
        self._branches = terms.branches

    def product(self, product_id: str) -> str:
        """Return a product's name."""
        product = self._products.get(product_id)
        if product is None:
            return product_id
        return product.name_zh if self._language == "zh" else product.name_en

    def main(self, reasons: Sequence[Reason]) -> str:
        """Return the few reasons that speak most for a product.

        A value that is not recorded counts in the sum but is no reason to give: most often the
        attribute belongs to the other kind of client.
        """
        speaking = [
            self.reason(reason)
            for reason in reasons
            if reason.kind is not ReasonKind.BASE
            and reason.value != MISSING
            and reason.contribution > _NOTEWORTHY
        ]
        return self._words.say(self._language, "common.reasons", words=speaking[:_MAIN_REASONS])

    def reason(self, reason: Reason) -> str:
        """Return one reason in words."""
        if reason.kind is ReasonKind.HOLDING:
            return self._say("reason_holding", product=self.product(reason.feature))
        if reason.kind is ReasonKind.BASE:
            return self._say("why_base", product=self.product(reason.feature))
        return self._attribute(reason.feature, reason.value, _extreme(reason))

    def rule(self, held_back: HeldBack) -> str:
        """Return every rule that holds a product back, with the values compared."""
        stops = (held_back, *held_back.also)
        return self._words.say(
            self._language, "gate.all", rules=[self._one_rule(stop) for stop in stops]
        )

    def lifting(self, held_back: HeldBack) -> str:
        """Return what would lift every rule that holds a product back; empty if nothing can."""
        stops = (held_back, *held_back.also)
        steps = [self.lift(stop.rule, self._detail(stop)) for stop in stops]
        if not all(steps):
            return ""
        return self._words.say(self._language, "gate.all", rules=list(dict.fromkeys(steps)))

    def lift(self, rule: str, detail: Mapping[str, str] | None = None) -> str:
        """Return what would lift a rule, in general or for the values compared; or nothing."""
        if rule in self._limits:
            return self._limits[rule].lifting[self._language]
        key = f"gate.lift_{rule}"
        if not self._words.has(self._language, key):
            return ""
        return self._words.say(self._language, key, detail=detail or {})

    def stopped(self, rule: str) -> str:
        """Return a rule in general, as the heading of a group of clients."""
        if rule in self._limits:
            return self._limits[rule].words[self._language]
        key = f"recommend.clients_rule_{rule}"
        if self._words.has(self._language, key):
            return self._words.say(self._language, key)
        return self._words.say(self._language, f"gate.clients_rule_{rule}")

    def _place(self, place: str) -> str:
        """Return a branch by name; a region is its own name."""
        return self._branches.get(place, {}).get(self._language, place)

    def _one_rule(self, stop: HeldBack) -> str:
        if stop.rule in self._limits:
            return self._limits[stop.rule].words[self._language]
        key = f"recommend.rule_{stop.rule}"
        if not self._words.has(self._language, key):
            key = f"gate.rule_{stop.rule}"
        return self._words.say(self._language, key, detail=self._detail(stop))

    def _detail(self, stop: HeldBack) -> dict[str, str]:
        """Return a rule's values in words: products by name, money as money."""
        detail = dict(stop.detail)
        if "requires" in detail:
            needed = [self.product(product_id) for product_id in detail["requires"].split(", ")]
            detail["requires"] = self._words.say(self._language, "common.list", words=needed)
        if "licence" in detail:
            detail["licence"] = self._words.label(
                self._language, "gate.licences", detail["licence"]
            )
        if stop.rule == Rule.PLACE:
            sold_in = [self._place(place) for place in detail["sold_in"].split(", ")]
            detail["sold_in"] = self._words.say(self._language, "common.list", words=sold_in)
            detail["at"] = self._place(detail["at"])
        for name in ("floor_fen", "balance_fen"):
            if detail.get(name):
                detail[name] = money(int(detail[name]), "CNY", self._language)
        if stop.rule == Rule.QUIET_PERIOD:
            kind, _, reason = detail["reason"].partition(".")
            detail["said"] = self._words.label(self._language, "outcomes.kinds", kind)
            detail["why"] = (
                self._words.label(self._language, "outcomes.reasons", reason) if reason else ""
            )
        return detail

    def model(self, version: str, trained_at: datetime) -> str:
        """Return which model answered."""
        return self._say("model", version=version, trained=trained_at.date().isoformat())

    def _attribute(self, name: str, level: str, extreme: tuple[str, float] | None) -> str:
        measure = self._words.labels(self._language, "attributes.measures").get(name)
        span = read_range(level)
        if measure == _TREND and span is not None:
            figure = self._name(name.removesuffix(f"_{_TREND}"))
            return say_trend(self._words, self._language, figure, span)
        value = self._code(name, level)
        if value is None and measure is not None and span is not None:
            value = say_range(self._words, self._language, measure, span)
        attribute = self._name(name)
        if extreme is not None:
            end, share = extreme
            return self._say(
                f"reason_{end}", attribute=attribute, value=value, share=_percent(share)
            )
        return self._say("reason_attribute", attribute=attribute, value=value or level)

    def _name(self, attribute: str) -> str:
        return self._words.label(self._language, "attributes.names", attribute)

    def _code(self, attribute: str, level: str) -> str | None:
        """Return the word for a coded level, or None where no table has it."""
        for table in (f"attributes.{attribute}", "attributes.values"):
            if self._words.has_labels(self._language, table):
                found = self._words.labels(self._language, table).get(level)
                if found is not None:
                    return found
        return None

    def _say(self, name: str, **values: object) -> str:
        return self._words.say(self._language, f"recommend.{name}", **values)


def _extreme(reason: Reason) -> tuple[str, float] | None:
    """Return which end of the clients of this type a value is at, and how small that end is."""
    ends = {"highest": reason.above, "lowest": reason.below}
    small = {end: share for end, share in ends.items() if share is not None and share <= _SMALL}
    return min(small.items(), key=lambda found: found[1], default=None)


def _percent(share: float) -> str:
    return str(max(1, round(share * 100)))
