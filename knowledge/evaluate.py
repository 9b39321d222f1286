"""How good the search is: on a bank's own FAQ, and on the library's own questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.content import Content
from knowledge.faq import read_faq
from knowledge.folding import fold
from knowledge.language import LANGUAGES, Language
from knowledge.ranking import RankingQuality, measure
from knowledge.search.analysis import bigrams
from knowledge.search.index import HybridIndex
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms
from knowledge.search.texts import WholeTexts
from knowledge.search.trial import Bound, choose_bound, judge_bound, run_trials


@dataclass(frozen=True, slots=True)
class FaqEvaluation:
    """The hybrid search beside BM25 over pairs of characters of whole entries.

    Attributes
    ----------
    entries, questions : int
        How many entries were searched, and how many questions asked.
    """

    entries: int
    questions: int
    hybrid: RankingQuality
    baseline: RankingQuality


@dataclass(frozen=True, slots=True)
class LibraryEvaluation:
    """What the thresholds do in one language.

    Attributes
    ----------
    in_use : Bound
        The threshold of the settings.
    advised : Bound
        The lowest threshold that keeps the wanted precision on this content.
    """

    entries: int
    in_use: Bound
    advised: Bound


def evaluate_faq(
    faq: Path, questions: Path, settings: SearchSettings, synonyms: Synonyms
) -> FaqEvaluation:
    """Measure both searches in the same run.

    Raises
    ------
    ContentFaults
        A file cannot be read; carries every fault.
    """
    read = read_faq(faq, questions)
    hybrid = HybridIndex(read.documents, synonyms, settings.weights)
    whole = WholeTexts([bigrams(fold(document.text)) for document in read.documents])
    hybrid.score(read.questions[0].text)  # the dictionaries load with the first question
    return FaqEvaluation(
        entries=len(read.documents),
        questions=len(read.questions),
        hybrid=measure(lambda text: hybrid.score(text).scores, read.questions),
        baseline=measure(lambda text: whole.scores(bigrams(fold(text))), read.questions),
    )


def evaluate_library(
    content: Content, settings: SearchSettings
) -> Mapping[Language, LibraryEvaluation]:
    """Ask each entry's own questions without themselves, between unrelated ones."""
    return {language: _in_language(content, language, settings) for language in LANGUAGES}


def _in_language(
    content: Content, language: Language, settings: SearchSettings
) -> LibraryEvaluation:
    entries = [entry for entry in content.entries if entry.language == language]
    synonyms = Synonyms(content.synonyms[language])
    trials = run_trials(entries, language, synonyms, settings.weights)
    return LibraryEvaluation(
        entries=len(entries),
        in_use=judge_bound(trials, settings.threshold(language)),
        advised=choose_bound(trials, settings.wanted_precision),
    )
