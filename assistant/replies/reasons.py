"""Reasons, rules and shares of the recommender, put in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from assistant.replies.ranges import read_range, say_range, say_trend
from assistant.replies.templates import Language, Words
from crm.products import Product
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
    """

    def __init__(self, words: Words, language: Language, products: Mapping[str, Product]) -> None:
        self._words = words
        self._language = language
        self._products = products

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
        """Return why a product is held back."""
        detail = dict(held_back.detail)
        if "requires" in detail:
            needed = [self.product(product_id) for product_id in detail["requires"].split(", ")]
            detail["requires"] = self._words.say(self._language, "common.list", words=needed)
        return self._say(f"rule_{held_back.rule}", detail=detail)

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
