"""Which service a text asks the fee of."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.folding import Traced, trace
from knowledge.language import LANGUAGES, Language
from knowledge.tariff.names import SpokenName, exact_spans, slip_span, spoken_name, words_span
from knowledge.tariff.services import Service, ServiceMatch

EXACT = 1.0
ALL_WORDS = 0.9
SLIP = 0.85
"""Scores of the three ways to recognise a name; that of a slip shrinks with what is wrong."""


class ServiceMatcher:
    """Finds names of services in texts; nothing changes after it is made."""

    def __init__(self, services: Iterable[Service]) -> None:
        listed = tuple(services)
        self._names: dict[Language, tuple[SpokenName, ...]] = {
            language: tuple(_names(listed, language)) for language in LANGUAGES
        }

    def match(self, text: str, language: Language) -> tuple[ServiceMatch, ...]:
        """Return the services named, the surest first; of equals the longest name first.

        Exact names of both languages are looked for, as people mix them; only where there is
        none, the names of the text's language by their words, then with slips. Names that
        overlap give way to the longest; services that share a name all stay, so that the asker
        can choose.
        """
        typed = trace(text)
        every = (name for names in self._names.values() for name in names)
        found = _longest(_exact(every, typed.text))
        if not found:
            found = _longest(_by_words(self._names[language], typed.text))
        if not found:
            found = _longest(_with_slips(self._names[language], _without_asking(typed.text)))
        return _traced(found, typed)


def _names(services: Iterable[Service], language: Language) -> Iterator[SpokenName]:
    for service in services:
        folded = (trace(spoken).text for spoken in service.spoken(language))
        for text in dict.fromkeys(folded):
            if text and text not in _asking():
                yield spoken_name(service.service, text)


def _exact(names: Iterable[SpokenName], text: str) -> Iterator[ServiceMatch]:
    for name in names:
        for span in exact_spans(name, text):
            yield ServiceMatch(name.service, EXACT, span)


def _by_words(names: Iterable[SpokenName], text: str) -> Iterator[ServiceMatch]:
    for name in names:
        span = words_span(name, text)
        if span is not None:
            yield ServiceMatch(name.service, ALL_WORDS, span)


def _with_slips(names: Iterable[SpokenName], text: str) -> Iterator[ServiceMatch]:
    for name in names:
        slip = slip_span(name, text)
        if slip is not None:
            yield ServiceMatch(name.service, SLIP * slip[1], slip[0])


def _longest(found: Iterable[ServiceMatch]) -> tuple[ServiceMatch, ...]:
    """Keep what overlaps nothing surer or longer, and of each service only the best."""
    kept: dict[str, ServiceMatch] = {}
    for match in sorted(found, key=_order):
        clear = all(_equal(match, other) or _apart(match, other) for other in kept.values())
        if clear and match.service not in kept:
            kept[match.service] = match
    return tuple(kept.values())


def _order(match: ServiceMatch) -> tuple[float, int, int]:
    start, end = match.span
    return -match.score, start - end, start


def _equal(first: ServiceMatch, second: ServiceMatch) -> bool:
    return (first.span, first.score) == (second.span, second.score)


def _apart(first: ServiceMatch, second: ServiceMatch) -> bool:
    return first.span[1] <= second.span[0] or second.span[1] <= first.span[0]


def _traced(found: Iterable[ServiceMatch], typed: Traced) -> tuple[ServiceMatch, ...]:
    return tuple(replace(match, span=typed.span(*match.span)) for match in found)


def _without_asking(text: str) -> str:
    """Blank out words that ask for a price, every place kept."""
    for word in _asking():
        text = text.replace(word, " " * len(word))
    return text


@lru_cache(maxsize=1)
def _asking() -> tuple[str, ...]:
    text = resources.files("knowledge.tariff").joinpath("asking.yml").read_text("utf-8")
    return tuple(trace(word).text for word in yaml.safe_load(text))
