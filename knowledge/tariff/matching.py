"""Which service a text asks the fee of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from knowledge.folding import Traced, trace
from knowledge.language import LANGUAGES, Language
from knowledge.tariff.fuller import FullerNames
from knowledge.tariff.name_words import Weights, asking, cut_name, names_nothing, spellings
from knowledge.tariff.names import SpokenName, exact_spans, spoken_name
from knowledge.tariff.services import Service, ServiceMatch
from knowledge.tariff.word_search import ONE_CHARACTER, Heard, WordSearch

EXACT = 1.0
BY_WORDS = 0.9
OFFERED = 0.3
"""Scores of a name as written, of one whose words are all said, and of one that is a guess."""
SURE = 0.55
"""Least share of a name's weight that must be said for it to be meant."""
LEAST_LIKELY = 0.45
"""A name of which less is said is not looked at further."""
ALIKE = 0.85
ALIKE_LITTLE = 0.75
"""Least share of the best score that still counts: of names that are said, of names in part."""
MOST_OFFERED = 6


class ServiceMatcher:
    """Finds names of services in texts; nothing changes after it is made."""

    def __init__(self, services: Iterable[Service]) -> None:
        listed = tuple(services)
        names = [name for language in LANGUAGES for name in _names(listed, language)]
        self._names = tuple(names)
        weights = Weights.of((name.service, name.words) for name in names)
        self._weights = weights.weights
        self._needed = [_needed(name, weights.implied) for name in names]
        self._whole = [sum(self._weights[word.meaning] for word in name.words) for name in names]
        self._by_meaning: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for word in () if name.is_a_channel else name.words:
                self._by_meaning[word.meaning].append(number)
        self._official = {service.service: _meanings(service) for service in listed}
        said = {(word.written, word.meaning) for name in names for word in name.words}
        known = ((w, m) for w, m in spellings().items() if m in self._weights)
        self._search = WordSearch({*said, *known})
        # One message is looked at for its service several times on its way through a turn.
        self._matched = lru_cache(maxsize=64)(self._match)
        self._fuller = FullerNames(names, {*said, *known})

    def match(self, text: str, language: Language) -> tuple[ServiceMatch, ...]:  # noqa: ARG002  # people mix both
        """Return the services named, the surest first; of equals the longest name first.

        Names as written come first, in both languages, as people mix them, unless a fuller name
        of another service is said with them ("cheque fee" where a loss is reported). Where there
        is none, or only one that is also a channel ("by mobile banking"), the words of names are
        looked for in any order, with slips and in other words of the same meaning. Names that
        overlap give way to the longest; services that share a name all stay, and so do services
        of which too little is said to tell them apart, so that the asker can choose.
        """
        return self._matched(text)

    def _match(self, text: str) -> tuple[ServiceMatch, ...]:
        typed = trace(text)
        named = _longest(self._exact(typed.text))
        found = tuple(match for match in named if not self._only_channel(match, typed.text))
        channels = tuple(replace(match, channel=True) for match in named)
        return _traced(found or self._by_words(typed.text) or channels, typed)

    def _exact(self, text: str) -> Iterator[ServiceMatch]:
        for name in self._names:
            for span in exact_spans(name.text, text) if name.text in text else ():
                if (said := self._fuller.said(name, span, text)) is not None:
                    service, words = said
                    whole = words[0][0], max(end for _, end in words)
                    yield ServiceMatch(service, EXACT, whole, words)
                else:
                    yield ServiceMatch(name.service, EXACT, span, (span,))

    def _only_channel(self, match: ServiceMatch, text: str) -> bool:
        written = text[slice(*match.span)]
        names = (name for name in self._names if name.service == match.service)
        return any(name.text == written and name.is_a_channel for name in names)

    def _by_words(self, text: str) -> tuple[ServiceMatch, ...]:
        heard: dict[str, Heard] = {}
        for word in self._search.find(text):
            known = heard.get(word.meaning)
            if known is None or word.right > known.right:
                heard[word.meaning] = word
        if all(word.right <= ONE_CHARACTER for word in heard.values()):
            return ()
        parts: defaultdict[int, float] = defaultdict(float)
        for meaning, word in heard.items():
            for number in self._by_meaning[meaning]:
                parts[number] += self._weights[meaning] * word.right
        shares = {number: part / self._whole[number] for number, part in parts.items()}
        likely = (
            number
            for number, share in shares.items()
            if share >= LEAST_LIKELY and self._needed[number] <= heard.keys()
        )
        found = [self._weighed(number, heard, parts[number]) for number in likely]
        highest = max((match.score for match in found), default=0)
        if highest < BY_WORDS * SURE:
            return self._offered(heard)
        return _longest(match for match in found if match.score >= highest * ALIKE)

    def _offered(self, heard: Mapping[str, Heard]) -> tuple[ServiceMatch, ...]:
        """Return the services whose own name has a word that was said, where they are several."""
        said = {
            word.meaning: word
            for word in heard.values()
            if word.right > ONE_CHARACTER and not names_nothing(word.meaning)
        }
        weights = {
            service: sum(self._weights[meaning] for meaning in meanings & said.keys())
            for service, meanings in self._official.items()
        }
        best = max(weights.values(), default=0)
        alike = [service for service, weight in weights.items() if weight >= best * ALIKE_LITTLE]
        if not best or not 1 < len(alike) <= MOST_OFFERED:
            return ()
        span = min(word.span for word in said.values())
        return tuple(ServiceMatch(service, OFFERED, span) for service in alike)

    def _weighed(self, number: int, heard: Mapping[str, Heard], part: float) -> ServiceMatch:
        """Return a match whose score is the share of the name's weight that is said."""
        name = self._names[number]
        said = [heard[word.meaning] for word in name.words if word.meaning in heard]
        span = min(word.span[0] for word in said), max(word.span[1] for word in said)
        telling = part / (part + 1)  # of two names said whole, the one that tells more
        score = BY_WORDS * part / self._whole[number] * (0.9 + 0.1 * telling)
        return ServiceMatch(name.service, score, span, tuple(word.span for word in said))


def _names(services: Iterable[Service], language: Language) -> Iterator[SpokenName]:
    for service in services:
        folded = (trace(spoken).text for spoken in service.spoken(language))
        for text in dict.fromkeys(folded):
            if text and text not in asking():
                yield spoken_name(service.service, text)


def _needed(name: SpokenName, implied: frozenset[str]) -> frozenset[str]:
    """Return what must be said of a name: all but common words, all where little is left."""
    if len(name.telling) < 2:
        return frozenset(word.meaning for word in name.words)
    return frozenset(word.meaning for word in name.telling) - implied


def _meanings(service: Service) -> frozenset[str]:
    names = (trace(service.name.text(language)).text for language in LANGUAGES)
    return frozenset(word.meaning for name in names for word in cut_name(name))


def _longest(found: Iterable[ServiceMatch]) -> tuple[ServiceMatch, ...]:
    """Keep what overlaps nothing surer or longer, and of each service only the best."""
    kept: dict[str, ServiceMatch] = {}
    for match in sorted(found, key=_order):
        clear = all(_equal(match, other) or _apart(match, other) for other in kept.values())
        if clear and match.service not in kept:
            kept[match.service] = match
    return tuple(kept.values())


def _order(match: ServiceMatch) -> tuple[float, int, int, str]:
    start, end = match.span
    return -match.score, start - end, start, match.service


def _equal(first: ServiceMatch, second: ServiceMatch) -> bool:
    return (first.span, first.score) == (second.span, second.score)


def _apart(first: ServiceMatch, second: ServiceMatch) -> bool:
    return first.span[1] <= second.span[0] or second.span[1] <= first.span[0]


def _traced(found: Iterable[ServiceMatch], typed: Traced) -> tuple[ServiceMatch, ...]:
    return tuple(
        replace(
            match,
            span=typed.span(*match.span),
            words=tuple(typed.span(*word) for word in match.words),
        )
        for match in found
    )
