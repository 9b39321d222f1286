"""Channel and kind of client as named in a message, and whether it says nothing else."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from rapidfuzz.distance import OSA

from assistant.understanding.amounts import find_amounts, find_quantities
from assistant.understanding.blanking import blanked
from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

type Channel = Literal["counter", "online", "mobile", "atm", "phone", "manager"]
type ClientKind = Literal["corporate", "personal"]

_SHORTEST_WITH_SLIP = 7
_LETTERS = re.compile(r"[a-z']+|[\u4e00-\u9fff]+|[0-9]+")


def find_channels(text: str) -> tuple[Channel, ...]:
    """Return every channel named, in the order of the text; two or more ask for a comparison."""
    return tuple(dict.fromkeys(_found("channels", text)))  # type: ignore[arg-type]  # keys of the file


def find_client_kind(text: str) -> ClientKind | None:
    """Return the kind of client named, or nothing when none or both are."""
    # A number of people counts them and says nothing of the client.
    counted = ((quantity.start, quantity.end) for quantity in find_quantities(text))
    kinds = set(_found("client_kinds", blanked(text, counted)))
    return kinds.pop() if len(kinds) == 1 else None  # type: ignore[return-value]  # keys of the file


def bare_details(text: str, *, besides: bool = False) -> bool:
    """Whether a message is an amount, a number of items, a channel or a kind and nothing else.

    Such a message continues the question before it. Words without content, as in "and from the
    counter?", may stand around the detail.

    Parameters
    ----------
    besides
        Other details were found and taken out of the text, so that nothing more need be there.
    """
    found = besides or bool(_spans(text))
    return found and not _LETTERS.search(without_details(text))


def without_details(text: str) -> str:
    """Return a folded message without such details and without words that say nothing."""
    return _fillers().sub(" ", blanked(fold(text), _spans(text)))


def _spans(text: str) -> list[tuple[int, int]]:
    spans = [(amount.start, amount.end) for amount in find_amounts(text)]
    spans += [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    for group in ("channels", "client_kinds"):
        spans += [match.span() for match in _pattern(group).finditer(fold(text))]
    return spans


def _found(group: str, text: str) -> list[str]:
    names, folded = _names(group), fold(text)
    written = [names[match.group()] for match in _pattern(group).finditer(folded)]
    return written or list(_with_slips(names, folded))


def _with_slips(names: Mapping[str, str], folded: str) -> Iterator[str]:
    """Yield what long Latin words mean that are one slip away from a name."""
    for word in re.findall(f"[a-z]{{{_SHORTEST_WITH_SLIP},}}", folded):
        near = (
            name
            for name in names
            if name[0] == word[0] and OSA.distance(name, word, score_cutoff=1) == 1
        )
        if (name := next(near, None)) is not None:
            yield names[name]


@cache
def _names(group: str) -> dict[str, str]:
    named = load_words("details")[group]
    return {word: name for name, words in named.items() for word in words}


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return re.compile(any_of(_names(group)))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(any_of(load_words("details")["fillers"]))
