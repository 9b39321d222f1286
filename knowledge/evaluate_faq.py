"""How good the search is on a bank's own FAQ, beside BM25 over pairs of characters, part by part.

What is learned is learned from the FAQ's own questions, each asked of an index made without it,
and, with folds, from the labelled questions of the *other* folds. Labelled questions only teach
what the parts count: no index ever knows their wording.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from knowledge.evaluate_missing import MissingEvaluation, evaluate_missing
from knowledge.faq import Faq, read_faq
from knowledge.folding import fold
from knowledge.language import Language
from knowledge.ranking import RankingQuality, quality
from knowledge.search.analysis import bigrams
from knowledge.search.forms import Forms
from knowledge.search.index import HybridIndex
from knowledge.search.learning import Lesson, learn_weights, rank_of
from knowledge.search.lessons import own_lessons
from knowledge.search.parts import Part
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms
from knowledge.search.tokens import Floats

STEPS: Mapping[str, tuple[Part, ...]] = {
    "questions by characters": (Part.CHARACTERS,),
    "+ words": (Part.WORDS,),
    "+ matter alone": (Part.MATTER_CHARACTERS, Part.MATTER_WORDS),
    "+ whole text (BM25)": (
        Part.TEXT_CHARACTERS,
        Part.TEXT_WORDS,
        Part.TEXT_MATTER_CHARACTERS,
        Part.TEXT_MATTER_WORDS,
    ),
    "+ all questions' mean": (Part.USUAL,),
}
_QUESTIONS = {Part.CHARACTERS, Part.WORDS, Part.MATTER_CHARACTERS, Part.MATTER_WORDS}


@dataclass(frozen=True, slots=True)
class FaqEvaluation:
    """The hybrid search beside BM25 over pairs of characters of whole entries.

    Attributes
    ----------
    entries, questions : int
        How many entries were searched, and how many questions asked.
    folds : int
        Into how many parts the labelled questions were cut; 0 if none of them taught anything.
    steps : mapping of str to RankingQuality
        The hybrid as it grows part by part, with the default weights; the last is the default.
    missing : MissingEvaluation, optional
        How the labelled questions fare while one fold of the entries is missing.
    """

    entries: int
    questions: int
    folds: int
    hybrid: RankingQuality
    baseline: RankingQuality
    steps: Mapping[str, RankingQuality]
    missing: MissingEvaluation | None = None


def evaluate_faq(
    files: tuple[Path, Path],
    settings: SearchSettings,
    synonyms: Synonyms,
    cut: tuple[int, int] = (0, 0),
    language: Language = "zh",
) -> FaqEvaluation:
    """Measure both searches in the same run.

    Parameters
    ----------
    files : tuple of Path
        The FAQ and the labelled questions; see `read_faq`.
    cut : tuple of int
        How many folds, 0 to learn from the FAQ alone, and the seed of the cut. From two on, the
        questions are also asked while a fold of the entries is missing.
    language : {"zh", "en"}
        In which the FAQ is written.

    Raises
    ------
    ContentFaults
        A file cannot be read; carries every fault.
    """
    read = read_faq(*files)
    index = HybridIndex(read.documents, Forms(synonyms))
    index.compare(read.questions[0].text)  # the dictionaries load with the first question
    started = time.perf_counter()
    asked = [Lesson(index.compare(each.text), each.document) for each in read.questions]
    usual = np.array(settings.default.weights)
    plain = [rank_of(lesson, lesson.compared.parts @ usual) for lesson in asked]
    took = time.perf_counter() - started
    own = own_lessons(read.documents, index.forms, len(asked) * 10)
    known = [lesson for lesson in own if lesson.right is not None]
    learned = _learned_ranks(asked, known, settings, cut)
    steps = _steps(asked, usual, took)
    return FaqEvaluation(
        entries=len(read.documents),
        questions=len(asked),
        folds=cut[0],
        hybrid=quality(learned, took),
        baseline=_baseline(read),
        steps={**steps, "default": quality(plain, took)},
        missing=evaluate_missing(
            read.documents,
            [(each.text, each.document) for each in read.questions],
            (index.forms, language, settings),
            cut,
        )
        if cut[0] > 1
        else None,
    )


def _learned_ranks(
    asked: Sequence[Lesson], known: Sequence[Lesson], settings: SearchSettings, cut: tuple[int, int]
) -> list[int]:
    folds, seed = cut
    ranks = [0] * len(asked)
    fold_of = np.random.default_rng(seed).permutation(len(asked)) % max(folds, 1)
    for turn in range(max(folds, 1)):
        others = [asked[place] for place in np.flatnonzero(fold_of != turn).tolist()]
        weights = learn_weights(known, others, settings.default)
        for place in np.flatnonzero(fold_of == turn).tolist():
            ranks[place] = rank_of(asked[place], asked[place].compared.parts @ weights)
    return ranks


def _steps(asked: Sequence[Lesson], usual: Floats, took: float) -> dict[str, RankingQuality]:
    """Add the parts one after the other.

    Parts of single questions are added as their mean, in place of their nearest question by all.
    """
    reached: set[Part] = set()
    steps = {}
    for name, parts in STEPS.items():
        reached |= set(parts)
        weights = np.zeros(len(usual))
        single = sorted(reached & _QUESTIONS)
        for part in single:
            weights[part.place] = usual[Part.TOGETHER.place] / len(single)
        for part in reached - _QUESTIONS:
            weights[part.place] = usual[part.place]
        ranks = [rank_of(lesson, lesson.compared.parts @ weights) for lesson in asked]
        steps[name] = quality(ranks, took)
    return steps


def _baseline(read: Faq) -> RankingQuality:
    """Measure the BM25 of a library of its own over whole entries."""
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it logs each index it builds
    index: Any = bm25s.BM25(k1=1.2, b=0.75)
    index.index([bigrams(fold(document.text)) for document in read.documents], show_progress=False)
    started = time.perf_counter()
    ranks = []
    for each in read.questions:
        tokens = bigrams(fold(each.text))
        scores = index.get_scores(tokens) if tokens else np.zeros(len(read.documents))
        ranks.append(int(np.count_nonzero(scores >= scores[each.document])))
    return quality(ranks, time.perf_counter() - started)
