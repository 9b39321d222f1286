"""The names of a directory, arranged for looking up pieces of a text."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

import rjieba
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from assistant.understanding.company_names import (
    distinct_part,
    latin_names,
    latin_words,
    short_names,
)
from assistant.understanding.denials import denied, latin_denied
from assistant.understanding.folding import fold
from assistant.understanding.words import load_words

type How = Literal["number", "exact", "part", "slip", "pinyin"]

_LONGEST = 24
_LONGEST_LATIN = 8
_SHORTEST_SOUND = 3
_ALIKE = 84.0
_ALIKE_LATIN = 88.0
_PART = 0.95
_CORE = 2
_LATIN = re.compile("[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A client whose name, or part of it, stands in a text."""

    client_id: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class _Key:
    client_id: str
    score: float
    how: How
    short: str = ""  # of a company; a person has none


class ClientIndex:
    """Looks up names, their parts, how they sound and what resembles them."""

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}
        self._written: dict[str, list[_Key]] = defaultdict(list)
        self._latin: dict[str, list[_Key]] = defaultdict(list)
        self._sounds: dict[str, list[_Key]] = defaultdict(list)
        self._people: dict[str, list[str]] = defaultdict(list)
        self._companies: dict[str, list[str]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._full: dict[str, tuple[str, str]] = {}
        self._places: Collection[str] = ()

    def add_person(self, client_id: str, name: str, name_en: str) -> None:
        """Take in a person; `name_en` is pinyin, surname first."""
        self._add_number(client_id)
        full, parts = fold(name), latin_words(name_en).split()
        self._full[client_id] = (full, name_en)
        self._written[full].append(_Key(client_id, 1.0, "exact"))
        self._sounds[sound(full)].append(_Key(client_id, 0.9, "slip"))
        self._people[full].append(client_id)
        self._surnames[surname_of(full)].append(client_id)
        if len(parts) > 1:
            self._surnames[parts[0]].append(client_id)
            given = "".join(parts[1:])
            for joined in {parts[0] + given, given + parts[0]}:
                self._latin[joined].append(_Key(client_id, 0.97, "pinyin"))
            if len(given) > 5:
                self._latin[given].append(_Key(client_id, 0.85, "pinyin"))

    def add_company(self, client_id: str, name: str, name_en: str, places: Collection[str]) -> None:
        """Take in a company under its full name and the shorter ones."""
        self._add_number(client_id)
        self._full[client_id] = (fold(name), name_en)
        self._places = places
        for short, score in short_names(name, places).items():
            how: How = "exact" if score == 1 else "part"
            self._written[short].append(_Key(client_id, score, how, short))
            self._sounds[sound(short)].append(_Key(client_id, 0.9 * score, "slip", short))
            self._companies[short].append(client_id)
        for short, score in latin_names(name_en).items():
            self._latin[short].append(_Key(client_id, score, "exact" if score == 1 else "part"))

    def number(self, digits: str) -> str | None:
        """Return the client with a number, leading zeros aside."""
        return self._ids.get(int(digits))

    def written(self, folded: str) -> Iterator[Found]:
        """Find names in Chinese; where one stands inside a longer one, the longer counts."""
        segments = _segments(folded)
        taken = 0
        for start in range(len(folded)):
            for end in range(min(len(folded), start + _LONGEST), max(taken, start + 1), -1):
                keys = self._written.get(folded[start:end])
                if keys and _stands_alone(folded, start, end, segments):
                    yield from (
                        Found(key.client_id, key.score, key.how)
                        for key in keys
                        if not self._denied(key, folded, (start, end))
                    )
                    taken = end
                    break

    def written_latin(self, folded: str, text: str) -> Iterator[Found]:
        """Find names in Latin letters: companies word by word, people in any order."""
        words = latin_words(folded).split()
        typed = [word for word in _LATIN.findall(text) if latin_words(word)]
        ordinary = {*load_words("clients")["latin_ordinary"], *load_words("language")["english"]}
        start = 0
        while start < len(words):
            length = self._longest_latin(words, start, ordinary)
            for piece in _pieces(words[start : start + length]):
                yield from (
                    Found(key.client_id, key.score, key.how)
                    for key in self._latin.get(piece, ())
                    if not self._latin_denied(key, words, typed, (start, start + length))
                )
            start += length or 1

    def titled(self, surname: str) -> Iterator[Found]:
        """Find the people with a surname, in Chinese or pinyin."""
        return (Found(client_id, 0.8, "part") for client_id in self._surnames.get(surname, ()))

    def sounding(self, folded: str) -> Iterator[Found]:
        """Find names of three characters or more that sound as a piece of the text does."""
        syllables = [_syllable(character) for character in folded]
        for start in range(len(folded)):
            for end in range(start + _SHORTEST_SOUND, min(len(folded), start + _LONGEST) + 1):
                for key in self._sounds.get(" ".join(syllables[start:end]), ()):
                    if not self._denied(key, folded, (start, end)):
                        yield Found(key.client_id, key.score, key.how)

    def resembling(self, name: str) -> Iterator[Found]:
        """Find the people whose name, or given name, is a mention but for one slip."""
        if name.isascii():
            yield from self._resembling_latin(name)
            return
        for key in (*self._written.get(name, ()), *self._sounds.get(sound(name), ())):
            if not key.short:
                yield Found(key.client_id, key.score, key.how)
        for full, client_ids in self._people.items():
            # One slip in a given name of a single character leaves only the surname.
            if len(full) != len(name) or len(full) - len(surname_of(full)) < 2:
                continue
            if OSA.distance(full, name, score_cutoff=1) == 1:
                yield from (Found(client_id, 0.75, "slip") for client_id in client_ids)

    def given(self, name: str) -> Iterator[Found]:
        """Find the people with a given name of two characters."""
        for full, client_ids in self._people.items():
            if len(full) > len(name) and full.endswith(name) and full != name:
                yield from (Found(client_id, 0.85, "part") for client_id in client_ids)

    def resembling_company(self, name: str) -> Iterator[Found]:
        """Find the companies whose name is a mention but for a slip.

        Where one of two characters sounds otherwise, it is another company of the same place
        and trade.
        """
        near = process.extract(
            name, list(self._companies), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5
        )
        for full, score, _ in near:
            for one in self._companies[full]:
                if self._sets_apart_alike(name, self._full[one][0]):
                    yield Found(one, 0.8 * score / 100, "slip")

    def _sets_apart_alike(self, mention: str, full: str) -> bool:
        said, own = (distinct_part(name, self._places) for name in (mention, full))
        another = len(said) == len(own) == _CORE
        return sound(said) == sound(own) or (
            not another and OSA.distance(said, own, score_cutoff=1) == 1
        )

    def _resembling_latin(self, name: str) -> Iterator[Found]:
        near = process.extract(
            name.replace(" ", ""),
            list(self._latin),
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE_LATIN,
            limit=3,
        )
        for written, score, _ in near:
            for key in self._latin[written]:
                yield Found(key.client_id, 0.8 * score / 100, "slip")

    def _longest_latin(self, words: list[str], start: int, ordinary: Collection[str]) -> int:
        for length in range(min(_LONGEST_LATIN, len(words) - start), 0, -1):
            part = words[start : start + length]
            if set(part) <= set(ordinary):
                continue
            if any(piece in self._latin for piece in _pieces(part)):
                return length
        return 0

    def _denied(self, key: _Key, folded: str, span: tuple[int, int]) -> bool:
        full, _ = self._full[key.client_id]
        return key.short not in ("", full) and denied(folded, span, key.short, full, self._places)

    def _latin_denied(
        self, key: _Key, words: list[str], typed: list[str], span: tuple[int, int]
    ) -> bool:
        _, full = self._full[key.client_id]
        joined = key.how == "pinyin" and span[1] - span[0] == 1
        if (key.score > _PART and not joined) or [word.lower() for word in typed] != words:
            return False
        return latin_denied(typed, *span, full)

    def _add_number(self, client_id: str) -> None:
        digits = client_id.lstrip("Cc")
        if digits.isdigit():
            self._ids[int(digits)] = client_id


def sound(text: str) -> str:
    """Return the toneless pinyin of a text, a syllable a character."""
    return " ".join(map(_syllable, text))


def surname_of(name: str) -> str:
    """Return the surname a Chinese name begins with."""
    return name[:2] if name[:2] in load_words("clients")["compound_surnames"] else name[:1]


@cache
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character)[0])


def _pieces(words: list[str]) -> set[str]:
    return {" ".join(words), "".join(words)} if words else set()


def _segments(folded: str) -> list[tuple[int, int]]:
    ends = list(accumulate(len(word) for word in rjieba.cut(folded)))
    return list(zip([0, *ends], ends, strict=False))


def _stands_alone(folded: str, start: int, end: int, segments: list[tuple[int, int]]) -> bool:
    """Whether a name of two characters is no mere piece of other words or of a longer name."""
    if end - start > 2:
        return True
    for first, last in segments:
        if last <= start or first >= end or (first >= start and last <= end):
            continue
        if first == start:  # the name may go on here, unless another word begins
            ended = folded[end] in load_words("clients")["not_in_given"]
            return ended or bool(rjieba.has_word(folded[end : end + 2]))
        if rjieba.has_word(folded[first:last]):
            return False
    return True
