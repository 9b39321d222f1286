"""A tariff row as it is written, in words: whatever columns the tariff has."""

import re
from collections.abc import Mapping
from decimal import Decimal

from assistant.replies.templates import Language, Words

# Columns that say whose price it is, when and whence; all others say what it is.
_ABOUT = frozenset(
    {
        *("row_id", "service", "client_kind", "channel", "currency", "basis", "rounding"),
        *("source_zh", "source_en", "effective_from", "effective_to"),
        *("note_zh", "note_en", "guided"),
        *("stacking", "converts", "monotone"),
    }
)
_BRACKET = re.compile(
    r"(?P<top>\*|[\d.]+):(?P<charge>[\d.]+%?)(?:>=(?P<floor>[\d.]+))?(?:<=(?P<cap>[\d.]+))?"
)


class TariffWords:
    """Says written rows in one language."""

    def __init__(self, words: Words, language: Language) -> None:
        self._words = words
        self._language = language

    def price(self, fields: Mapping[str, str]) -> str:
        """Return what a row charges, from its price columns."""
        basis = self._words.label(self._language, "tariff.bases", fields.get("basis", ""))
        said = [self.column(name, value) for name, value in self._prices(fields).items()]
        currency = fields.get("currency", "")
        if not said:
            return basis
        return self._say("price", basis=basis, words=said, currency=currency)

    def column(self, name: str, value: str) -> str:
        """Return one column with its name."""
        if name == "brackets":
            return self._brackets(value)
        label = self._words.label(self._language, "tariff.columns", name)
        unit = "%" if name == "rate" and not value.endswith("%") else ""
        word = self._words.label(self._language, "tariff.values", value)
        return self._say("column", label=label, value=f"{word}{unit}")

    def _prices(self, fields: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in fields.items() if name not in _ABOUT}

    def _brackets(self, written: str) -> str:
        parts = [part.strip() for part in written.split("|")]
        matched = [_BRACKET.fullmatch(part) for part in parts]
        said = [
            part if found is None else self._bracket(found)
            for part, found in zip(parts, matched, strict=True)
        ]
        return self._words.say(self._language, "tariff.brackets", words=said)

    def _bracket(self, found: re.Match[str]) -> str:
        return self._say(
            "bracket",
            top="" if found["top"] == "*" else f"{Decimal(found['top']):,f}",
            charge=found["charge"],
            least=found["floor"] or "",
            most=found["cap"] or "",
        )

    def _say(self, key: str, **values: object) -> str:
        return self._words.say(self._language, f"tariff.{key}", **values)
