"""Which part of a procedure a question is after: papers, time, department, who decides."""

import re
from enum import StrEnum
from functools import cache

from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

_LETTERS = re.compile(r"[a-z']+|[\u4e00-\u9fff]+|[0-9]+")


class Part(StrEnum):
    """A part of a procedure that can be asked for alone; the order is that of an answer."""

    STEPS = "steps"
    PAPERS = "papers"
    FORM = "form"
    DURATION = "duration"
    DEPARTMENT = "department"
    DECISION = "decision"
    MISTAKES = "mistakes"
    FORWARD = "forward"


def find_parts(text: str) -> tuple[Part, ...]:
    """Return the parts a question names, in the order of `Part`."""
    folded = fold(text)
    return tuple(part for part in Part if any(p.search(folded) for p in _patterns(part)))


def names_only_parts(text: str) -> bool:
    """Whether a message asks for parts and names no matter of its own.

    Such a message is about the procedure shown before it; a kind of client may be named.
    """
    if not find_parts(text):
        return False
    rest = _client_kinds().sub(" ", without_parts(text))
    return not _LETTERS.search(_fillers().sub(" ", rest))


def without_parts(text: str) -> str:
    """Return a question without the words that name parts: its matter."""
    rest = fold(text)
    # Not in the order of an answer: "whom to ask for approval" must go before "whom to ask".
    for part in load_words("parts"):
        for pattern in _patterns(Part(part)) if part in set(Part) else ():
            rest = pattern.sub(" ", rest)
    return " ".join(rest.split())


@cache
def _patterns(part: Part) -> tuple[re.Pattern[str], ...]:
    whole_words = r"(?<![a-z])(?:{})(?![a-z])"  # Chinese beside them is no part of a word
    return tuple(re.compile(whole_words.format(said)) for said in load_words("parts")[part])


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(any_of(load_words("parts")["fillers"]))


@cache
def _client_kinds() -> re.Pattern[str]:
    kinds = load_words("details")["client_kinds"]
    return re.compile(any_of([word for words in kinds.values() for word in words]))
