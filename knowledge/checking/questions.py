"""The same question in two entries: word for word it is a fault, nearly so a warning.

Only questions that share one of their four rarest pairs of characters are compared, so that the
work grows with the number of questions and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from knowledge.entries import Entry
from knowledge.errors import Fault
from knowledge.folding import fold
from knowledge.language import LANGUAGES
from knowledge.reading.place import Place

NEARLY = 92.0
_RAREST = 4
_LARGEST_BLOCK = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an entry, and the form in which two are compared."""

    entry: Entry
    text: str
    line: int
    folded: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.entry.file, self.line, "questions")


def shared_questions(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield each question that another entry of its language asks in the same words."""
    for language in LANGUAGES:
        first: dict[str, Asked] = {}
        for asked in _asked(entries, language):
            before = first.setdefault(asked.folded, asked)
            if before.entry is not asked.entry:
                yield asked.place.fault(asked.text, "question_shared")


def near_questions(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield each question that another entry of its language asks in nearly the same words."""
    for language in LANGUAGES:
        asked = list(_asked(entries, language))
        told: set[tuple[int, int]] = set()
        for block in _blocks(asked):
            for pair in combinations(block, 2):
                one, other = asked[pair[0]], asked[pair[1]]
                if pair not in told and one.entry is not other.entry and _near(one, other):
                    told.add(pair)
                    where = f"{other.text} = {one.text} ({one.entry.file}:{one.line})"
                    yield other.place.fault(where, "question_near")


def _near(one: Asked, other: Asked) -> bool:
    alike = fuzz.ratio(one.folded, other.folded, score_cutoff=NEARLY)
    return one.folded != other.folded and alike >= NEARLY


def _asked(entries: Sequence[Entry], language: str) -> Iterator[Asked]:
    for entry in entries:
        if entry.language == language:
            lines = entry.question_lines or (1,) * len(entry.questions)
            for question, line in zip(entry.questions, lines, strict=True):
                yield Asked(entry, question, line, fold(question).replace(" ", ""))


def _blocks(asked: Sequence[Asked]) -> Iterator[list[int]]:
    pairs = [{a + b for a, b in pairwise(each.folded)} for each in asked]
    counts = Counter(pair for each in pairs for pair in each)
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(pairs):
        shared = [pair for pair in each if counts[pair] > 1]
        for pair in sorted(shared, key=lambda found: (counts[found], found))[:_RAREST]:
            blocks[pair].append(number)
    yield from (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)
