"""Which client a message is about: by number, name, part of a name, or with a slip in it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from assistant.understanding import mentions
from assistant.understanding.client_index import ClientIndex, Found, How
from assistant.understanding.folding import fold
from assistant.understanding.words import any_of, load_words

_EXACT = 1.0


class ClientName(Protocol):
    """What must be known of a client to recognise him."""

    @property
    def client_id(self) -> str:
        """Number of the client: a letter and digits."""

    @property
    def name(self) -> str:
        """Chinese name."""

    @property
    def name_en(self) -> str:
        """English or pinyin name, surname first."""

    @property
    def kind(self) -> str:
        """``corporate`` or ``personal``."""


@dataclass(frozen=True, slots=True)
class ClientMatch:
    """A client who may be meant, `score` 1 when his number or full name is written."""

    client_id: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class ClientMention:
    """What a message says of a client.

    Attributes
    ----------
    outcome
        ``none``: no client; ``pronoun``: the one spoken of before; ``matches``: these of the
        directory; ``unknown``: a client is named, but nobody in the directory.
    matches
        The likeliest first.
    mention
        The piece of text that names an unknown client; a number in its full form.
    """

    outcome: Literal["none", "pronoun", "matches", "unknown"]
    matches: tuple[ClientMatch, ...] = ()
    mention: str = ""


class ClientDirectory:
    """An index over the clients somebody may see.

    Parameters
    ----------
    vocabulary
        English words in lower case that are no names though written with capitals, such as those
        of the products.
    """

    def __init__(
        self, names: Sequence[ClientName], vocabulary: Collection[str] = frozenset()
    ) -> None:
        self._index = ClientIndex()
        self._vocabulary = vocabulary
        for client in names:
            if client.kind == "personal":
                self._index.add_person(client.client_id, client.name, client.name_en)
        companies = [client for client in names if client.kind != "personal"]
        places = _shared_places(client.name for client in companies)
        for client in companies:
            self._index.add_company(client.client_id, client.name, client.name_en, places)

    def find(self, text: str) -> ClientMention:
        """Return what a message says of a client; ordinary words are not taken for names."""
        folded = fold(text)
        return (
            self._numbered(folded)
            or self._named(folded, text)
            or _ranked(self._index.sounding(folded))
            or self._mentioned(folded, text)
            or ClientMention("pronoun" if _pronoun().search(folded) else "none")
        )

    def _numbered(self, folded: str) -> ClientMention | None:
        numbers = [match["id"] or match["digits"] for match in _number().finditer(folded)]
        if not numbers:
            return None
        known = [self._index.number(number) for number in numbers]
        matches = tuple(ClientMatch(known_id, _EXACT, "number") for known_id in known if known_id)
        if matches:
            return ClientMention("matches", matches)
        return ClientMention("unknown", mention=f"C{int(numbers[0]):06d}")

    def _named(self, folded: str, text: str) -> ClientMention | None:
        found = [*self._index.written(folded), *self._index.written_latin(folded, text)]
        return _ranked(found)

    def _mentioned(self, folded: str, text: str) -> ClientMention | None:
        index, unknown = self._index, ""
        for look_up, found in (
            (index.titled, mentions.titled(folded)),
            (index.given, mentions.given(folded)),
            (index.resembling, (*mentions.personal(folded), *mentions.latin(text))),
            (index.resembling_company, mentions.companies(folded)),
            (index.resembling, mentions.foreign(text, self._vocabulary)),
        ):
            for mention in found:
                if matches := _ranked(look_up(mention.text)):
                    return matches
                if mention.certain:
                    unknown = unknown or text[mention.start : mention.end].strip()
        return ClientMention("unknown", mention=unknown) if unknown else None


def find_clients(text: str, directory: Sequence[ClientName]) -> ClientMention:
    """Return what a message says of a client; for many messages keep a `ClientDirectory`."""
    return ClientDirectory(directory).find(text)


def _ranked(found: Iterable[Found]) -> ClientMention | None:
    best: dict[str, ClientMatch] = {}
    for piece in found:
        known = best.get(piece.client_id)
        if known is None or piece.score > known.score:
            best[piece.client_id] = ClientMatch(piece.client_id, piece.score, piece.how)
    matches = sorted(best.values(), key=lambda match: (-match.score, match.client_id))
    exact = [match for match in matches if match.score == _EXACT]
    return ClientMention("matches", tuple(exact or matches)) if matches else None


def _shared_places(names: Iterable[str]) -> frozenset[str]:
    """Return beginnings that three companies or more share: the places they are from."""
    counts: dict[str, int] = {}
    for name in names:
        start = fold(name)[:2]
        counts[start] = counts.get(start, 0) + 1
    return frozenset(start for start, count in counts.items() if count >= 3)


@cache
def _number() -> re.Pattern[str]:
    cues = any_of(load_words("clients")["number_words"])
    return re.compile(
        r"(?<![a-z0-9])c[\s-]?(?P<id>\d{3,9})(?![0-9a-z])"
        rf"|{cues}\s?[:#.]?\s?c?(?P<digits>\d{{2,9}})(?!\d)"
    )


@cache
def _pronoun() -> re.Pattern[str]:
    words = load_words("clients")
    pronouns = any_of(words["pronouns"])
    return re.compile(
        f"(?<![{words['not_pronoun_after']}]){pronouns}(?![{words['not_pronoun_before']}])"
    )
