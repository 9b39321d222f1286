"""How good the search is: on the library's own questions, each asked without itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.content import Content
from knowledge.evaluate_missing import MissingEvaluation, evaluate_missing
from knowledge.language import LANGUAGES, Language
from knowledge.search.finder import entry_document
from knowledge.search.forms import Forms
from knowledge.search.index import HybridIndex
from knowledge.search.settings import SearchSettings
from knowledge.search.synonyms import Synonyms
from knowledge.search.teaching import teach
from knowledge.search.trial import Bound, judge_bound


@dataclass(frozen=True, slots=True)
class LibraryEvaluation:
    """What the bound that was chosen does in one language.

    Attributes
    ----------
    in_use : Bound
        From which on an answer is shown.
    rivalry : float
        Share of the best chance from which on the second is offered beside it.
    missing : MissingEvaluation, optional
        How the entries' own questions fare while one fold of the entries is missing.
    """

    entries: int
    in_use: Bound
    rivalry: float
    missing: MissingEvaluation | None = None


def evaluate_library(
    content: Content, settings: SearchSettings, cut: tuple[int, int] = (0, 0)
) -> Mapping[Language, LibraryEvaluation]:
    """Ask each entry's own questions without themselves, between such as nothing answers.

    Parameters
    ----------
    cut : tuple of int
        Into how many folds the entries are cut, and the seed of the cut; from two folds on, the
        questions are asked while one of the folds is missing, too.
    """
    return {language: _in_language(content, language, settings, cut) for language in LANGUAGES}


def _in_language(
    content: Content, language: Language, settings: SearchSettings, cut: tuple[int, int]
) -> LibraryEvaluation:
    documents = [entry_document(entry) for entry in content.entries if entry.language == language]
    forms = Forms(Synonyms(content.synonyms[language]))
    index = HybridIndex(documents, forms)
    taught = teach(index, documents, language, settings)
    return LibraryEvaluation(
        entries=len(documents),
        in_use=judge_bound(taught.trials, taught.bound),
        rivalry=taught.rivalry,
        missing=evaluate_missing(documents, (), (forms, language, settings), cut)
        if cut[0] > 1
        else None,
    )
