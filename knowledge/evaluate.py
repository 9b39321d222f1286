"""How good the search is: on the library's own questions, each asked without itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.content import Content
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
    """

    entries: int
    in_use: Bound
    rivalry: float


def evaluate_library(
    content: Content, settings: SearchSettings
) -> Mapping[Language, LibraryEvaluation]:
    """Ask each entry's own questions without themselves, between such as nothing answers."""
    return {language: _in_language(content, language, settings) for language in LANGUAGES}


def _in_language(
    content: Content, language: Language, settings: SearchSettings
) -> LibraryEvaluation:
    documents = [entry_document(entry) for entry in content.entries if entry.language == language]
    index = HybridIndex(documents, Forms(Synonyms(content.synonyms[language])))
    taught = teach(index, documents, language, settings)
    return LibraryEvaluation(
        entries=len(documents),
        in_use=judge_bound(taught.trials, taught.bound),
        rivalry=taught.rivalry,
    )
