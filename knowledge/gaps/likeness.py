"""How alike two questions are, in one language or across both.

In one language: the cosine of TF-IDF vectors of characters and of words, of the matter alone.
Across: every entry exists in both languages, so a question of either language is described by its
likeness to each entry, and two descriptions are compared (cross-language explicit semantic
analysis, Potthast, Stein & Anderka 2008). Names in Latin letters are the same in both.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.entries import Entry
from knowledge.folding import fold
from knowledge.language import LANGUAGES, Language
from knowledge.reading.synonym_file import Groups
from knowledge.search.analysis import characters, words
from knowledge.search.finder import entry_document
from knowledge.search.matter import default_matter
from knowledge.search.synonyms import Synonyms

type Matrix = NDArray[np.float64]

_LATIN_NAME = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z])")
_NAME_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its language."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class LikenessSettings:
    """Bounds of likeness, from 0 to 1, and how many known questions are looked at."""

    alike: float
    alike_across: float
    maybe_across: float
    known: int


def likeness_settings() -> LikenessSettings:
    """Read the measured defaults."""
    text = resources.files("knowledge.gaps").joinpath("settings.yml").read_text("utf-8")
    return LikenessSettings(**yaml.safe_load(text))


class Likeness:
    """Compares questions; what is common in a language is told from entries and questions.

    Parameters
    ----------
    entries
        Of both languages.
    asked
        Every question that will be compared.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        synonyms: Mapping[Language, Groups],
        asked: Sequence[Asked],
        settings: LikenessSettings,
    ) -> None:
        self.settings = settings
        self._vectors: dict[Asked, Matrix] = {}
        self._described: dict[Asked, Matrix] = {}
        for language in LANGUAGES:
            mine = list(dict.fromkeys(one for one in asked if one.language == language))
            if mine:
                form = _form(Synonyms(synonyms[language]))
                known = _known_questions(entries, language, settings.known)
                self._vectors |= zip(mine, _vectors(form, known, mine), strict=True)
                described = _described(form, entries, language, mine)
                self._described |= zip(mine, described, strict=True)

    def between(self, one: Asked, other: Asked) -> float:
        """Return how alike two of the questions are, from 0 to 1."""
        if one.language == other.language:
            return float(self._vectors[one] @ self._vectors[other])
        meaning = float(self._described[one] @ self._described[other])
        return min(1.0, max(0.0, meaning) + _NAME_COUNTS * _shared_names(one, other))


def _form(synonyms: Synonyms) -> Callable[[str], str]:
    matter = default_matter()
    return lambda text: synonyms.unify(matter.of(fold(text)))


def _known_questions(entries: Sequence[Entry], language: Language, most: int) -> list[str]:
    known = [
        question
        for entry in entries
        if entry.language == language
        for question in (entry.title, *entry.questions)
    ]
    return known[:: max(1, -(-len(known) // most))]


def _vectors(form: Callable[[str], str], known: list[str], asked: Sequence[Asked]) -> Matrix:
    """Return a vector of unit length for each question; an empty one is like nothing."""
    texts = [one.text for one in asked]
    parts = []
    for cut in (characters, words):
        weighed = _weighing(form, cut).fit([*known, *texts]).transform(texts)
        parts.append(weighed.toarray() / np.sqrt(2))
    return np.hstack(parts)


def _described(
    form: Callable[[str], str], entries: Sequence[Entry], language: Language, asked: Sequence[Asked]
) -> Matrix:
    """Return for each question its likeness to each entry that stands in both languages."""
    both = _in_both(entries)
    documents = {e.entry_id: entry_document(e).text for e in entries if e.language == language}
    told = [documents[entry_id] for entry_id in both]
    if len(told) < 2:
        return np.zeros((len(asked), len(told)))
    likeness = np.zeros((len(asked), len(told)))
    for cut in (characters, words):
        weighing = _weighing(form, cut)
        known = weighing.fit_transform(told)
        likeness += (weighing.transform([one.text for one in asked]) @ known.T).toarray()
    likeness -= likeness.mean(axis=1, keepdims=True)
    length = np.linalg.norm(likeness, axis=1, keepdims=True)
    return np.divide(likeness, length, out=np.zeros_like(likeness), where=length > 0)


def _in_both(entries: Sequence[Entry]) -> list[str]:
    ids = [{e.entry_id for e in entries if e.language == language} for language in LANGUAGES]
    return sorted(set.intersection(*ids))


def _weighing(form: Callable[[str], str], cut: Callable[[str], list[str]]) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=lambda text: cut(form(text)), sublinear_tf=True)


def _shared_names(one: Asked, other: Asked) -> float:
    """Return which part of a Chinese question's Latin words the English one has, too."""
    chinese, english = (one, other) if one.language == "zh" else (other, one)
    names = set(_LATIN_NAME.findall(fold(chinese.text)))
    return len(names & set(_LATIN_NAME.findall(fold(english.text)))) / len(names) if names else 0.0
