"""The words of services' names: which of them mean the same, and how much each tells."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import rjieba
import yaml

from knowledge.folding import trace

SAYS_LITTLE = 0.25
"""Share of its weight that a word keeps which only says where or for whom."""
_ENDINGS = {"ing": 3, "es": 4, "s": 3, "ed": 4}
"""Endings of Latin words, and the fewest letters that must be left without them."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word or phrase of a name as it is written, and what it means."""

    written: str
    meaning: str


def cut_name(text: str) -> tuple[NameWord, ...]:
    """Cut a folded name into what must be said to name it; words that ask or join are left out."""
    words: list[NameWord] = []
    for piece in _pieces(text):
        if piece not in _silent() and piece not in asking():
            words.append(NameWord(piece, meaning_of(piece)))
    return tuple({word.meaning: word for word in words}.values())


def meaning_of(written: str) -> str:
    """Return the word that stands for all that mean the same."""
    groups = _groups()
    return groups.get(written) or groups.get(stem(written)) or stem(written)


def spellings() -> Mapping[str, str]:
    """Return the meaning by each word and phrase of the groups."""
    return _groups()


def says_where(meaning: str) -> bool:
    """Whether a word only says where something is done or for whom."""
    return meaning in _where()


def weigh(names: Iterable[tuple[str, tuple[NameWord, ...]]]) -> Mapping[str, float]:
    """Return how much each meaning tells: the rarer among services, the more.

    Parameters
    ----------
    names : iterable of (service, words)
        Every name of every service.
    """
    services: defaultdict[str, set[str]] = defaultdict(set)
    for service, words in names:
        for word in words:
            services[word.meaning].add(service)
    count = len({service for found in services.values() for service in found})
    shared = Counter({meaning: len(found) for meaning, found in services.items()})
    return {
        meaning: math.log((count + 1) / number) * (SAYS_LITTLE if says_where(meaning) else 1)
        for meaning, number in shared.items()
    }


def stem(word: str) -> str:
    """Return a Latin word without its commonest endings; any other as it is."""
    if not word.isascii() or not word.isalpha():
        return word
    for ending, least in _ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)].removesuffix("e")
    return word.removesuffix("e")


@lru_cache(maxsize=1)
def asking() -> tuple[str, ...]:
    """Return words that ask for a price but name no service."""
    return tuple(_folded(word) for word in _read("asking.yml"))


def _pieces(text: str) -> Iterator[str]:
    """Cut a text at known phrases first, the longest first, and the rest by the language."""
    for phrase in _phrases():
        place = _place(text, phrase)
        if place >= 0:
            yield from _pieces(text[:place])
            yield phrase
            yield from _pieces(text[place + len(phrase) :])
            return
    cut = text.split() if text.isascii() else rjieba.cut(text)
    yield from (piece.strip() for piece in cut if piece.strip())


def _place(text: str, phrase: str) -> int:
    if not phrase.isascii():
        return text.find(phrase)
    return f" {text} ".find(f" {phrase} ")


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    longer = [word for word in _groups() if " " in word or (len(word) > 1 and not word.isascii())]
    where = [word for word in _where_words() if len(word) > 1]
    return tuple(sorted({*longer, *where}, key=len, reverse=True))


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, str]:
    groups = {}
    for group in _read("name_words.yml")["same"]:
        first = _folded(group[0])
        for word in group:
            groups[_folded(word)] = first
            groups.setdefault(stem(_folded(word)), first)
    return groups


@lru_cache(maxsize=1)
def _where_words() -> frozenset[str]:
    return frozenset(_folded(word) for word in _read("name_words.yml")["where"])


@lru_cache(maxsize=1)
def _where() -> frozenset[str]:
    return frozenset(meaning_of(word) for word in _where_words())


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return frozenset(_folded(word) for word in _read("name_words.yml")["silent"])


def _read(name: str) -> Any:
    text = resources.files("knowledge.tariff").joinpath(name).read_text("utf-8")
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  # "on" is a word here, no truth


def _folded(word: str) -> str:
    return trace(word).text
