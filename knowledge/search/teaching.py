"""A search taught by its own documents: what the parts count, and from where on it may speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.language import Language
from knowledge.search.combination import Combination
from knowledge.search.index import Document, HybridIndex
from knowledge.search.learning import FEWEST, learn_trust, learn_weights
from knowledge.search.lessons import own_lessons, unrelated_lessons
from knowledge.search.settings import SearchSettings
from knowledge.search.trial import Trial, choose_bound, choose_rivalry, refusing_bound, try_out


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned.

    Attributes
    ----------
    combination : Combination
        The weights of the parts, and how far the scores can be trusted.
    bound : float
        Chance of the best document from which there is an answer to show.
    rivalry : float
        Share of that chance from which on the second is a rival, and both are offered.
    trials : tuple of Trial
        How the questions it was learned from fare with it.
    """

    combination: Combination
    bound: float
    rivalry: float
    trials: tuple[Trial, ...]


def teach(
    index: HybridIndex,
    documents: Sequence[Document],
    language: Language,
    settings: SearchSettings,
) -> Taught:
    """Learn from the documents' own questions, left out, and from what none of them answers.

    An answer is shown from the chance on that keeps two promises: the wanted share of what is
    shown is right, and the wanted share of the unrelated questions is refused. Of the documents'
    own questions, every fifth is asked where its document is missing.
    """
    own = own_lessons(documents, index.forms, settings.most_questions)
    known = [lesson for lesson in own if lesson.right is not None]
    if len(known) < FEWEST:
        return Taught(settings.default, settings.bound, settings.rivalry, ())
    weights = learn_weights(known, (), settings.default)
    unrelated = unrelated_lessons(index, language)
    lessons = (*own, *unrelated)
    combination = learn_trust(lessons, weights, settings.default)
    trials = try_out(lessons, combination)
    precise = choose_bound(trials, settings.wanted_precision).threshold
    refusing = refusing_bound(trials[-len(unrelated) :], settings.wanted_refusal)
    bound = max(precise, refusing)
    rivalry = choose_rivalry(trials, settings.wanted_of_two, settings.rivalry)
    return Taught(combination, bound, rivalry, trials)
