"""What became of an offer, as somebody typed it: the outcome, and why a client refused."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.understanding.folding import fold

_PATTERNS = Path(__file__).with_name("outcomes.yml")
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SaidOutcome:
    """What a text says: a kind of outcome or None, and a reason where one is given."""

    kind: str | None
    reason: str | None


def read_outcome(text: str) -> SaidOutcome:
    """Read an outcome and its reason from a text.

    A reason to refuse alone is a refusal; of another outcome no reason is kept.
    """
    folded = fold(text)
    kind = _first("kinds", folded)
    reason = _first("reasons", folded)
    if kind is None and reason is not None:
        kind = REFUSED
    return SaidOutcome(kind, reason if kind == REFUSED else None)


def asks_to_note(text: str) -> bool:
    """Tell whether a text asks to note an outcome without saying which."""
    return _first("asks", fold(text)) is not None


def asks_a_question(text: str) -> bool:
    """Tell whether a text asks rather than tells."""
    return _first("questions", fold(text)) is not None


def says_taken_back(text: str) -> bool:
    """Tell whether a text takes back what was noted, and says nothing else."""
    folded = fold(text).strip(" .!?,。")
    return any(pattern.fullmatch(folded) for _, pattern in _patterns()["takes_back"])


def _first(table: str, folded: str) -> str | None:
    return next((code for code, pattern in _patterns()[table] if pattern.search(folded)), None)


@cache
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    loaded = yaml.safe_load(_PATTERNS.read_text(encoding="utf-8"))
    return {
        table: [(code, re.compile("|".join(parts))) for code, parts in codes.items()]
        for table, codes in loaded.items()
    }
