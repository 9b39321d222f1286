"""Whether a question about changes is after fees or procedures, and whether it names only when."""

import re
from datetime import date
from enum import StrEnum
from functools import cache

from assistant.understanding.blanking import blanked
from assistant.understanding.dates import find_periods
from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

_LETTERS = re.compile(r"[a-z']+|[\u4e00-\u9fff]+|[0-9]+")
_WORDS = "changed_matters"


class Matter(StrEnum):
    """What may have changed."""

    FEES = "fees"
    PROCEDURES = "procedures"


def find_matters(text: str) -> tuple[Matter, ...]:
    """Return what a question about changes is after; nothing where it is after everything."""
    folded = fold(text)
    return tuple(matter for matter in Matter if _pattern(matter).search(folded))


def names_only_when(text: str, today: date) -> bool:
    """Whether a message is a period, or one of the matters, and nothing else."""
    periods = find_periods(text, today)
    left = blanked(fold(text), ((period.start, period.end) for period in periods))
    named = [matter for matter in Matter if _pattern(matter).search(left)]
    for matter in Matter:
        left = _pattern(matter).sub(" ", left)
    return bool(periods or named) and not _LETTERS.search(_fillers().sub(" ", left))


@cache
def _pattern(matter: Matter) -> re.Pattern[str]:
    return re.compile(any_of(load_words(_WORDS)["matters"][matter]))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(any_of(load_words(_WORDS)["fillers"]))
