"""Messages judged by a model that did not see them, to learn from what it made of them."""

from typing import List, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from assistant.dialogue.evidence import Evidence
from assistant.dialogue.opinions import Opinions, log_chances
from assistant.dialogue.signs import signs_of
from assistant.dialogue.simulation import IN_SCOPE, Fold
from assistant.dialogue.text_features import Counts, Weights


class Examples(NamedTuple):
    """All training texts as counts.

    Attributes
    ----------
    counts
        Of every feature, a block each.
    words
        Of the words alone.
    intents
        The number of the intent of each text.
    foreign
        The numbers of the intents that stand for everything out of scope.
    """

    counts: Counts
    words: csr_matrix
    intents: np.ndarray
    foreign: List[int]


class Trial(NamedTuple):
    """What a model made of messages that it did not see.

    Attributes
    ----------
    signs
        As `signs_of` gives them, shape (messages, signs).
    kinds
        What each message is: in scope, of an intent left out, or foreign.
    right
        Whether the best intent in scope was the right one.
    chances
        As `log_chances` gives them, of those messages whose intent was learnt.
    """

    signs: np.ndarray
    kinds: np.ndarray
    right: np.ndarray
    chances: np.ndarray

    @classmethod
    def joined(cls, trials: Sequence["Trial"]) -> "Trial":
        """Return several trials as one."""
        return cls(*(np.concatenate(parts) for parts in zip(*trials)))


def try_fold(fold: Fold, examples: Examples, penalty: float) -> Trial:
    """Fit on a part of the texts and judge the others."""
    known, numbers = np.unique(examples.intents[fold.learnt], return_inverse=True)
    foreign = list(np.flatnonzero(np.isin(known, examples.foreign)))
    learnt = [block[fold.learnt] for block in examples.counts]
    weights = Weights.of(learnt)
    opinions = Opinions.fit(weights.rows(learnt), numbers, penalty)
    rows = weights.rows([block[fold.judged] for block in examples.counts])
    scores = opinions.scores(rows)
    inner = np.delete(np.arange(len(known)), foreign)
    best = inner[scores.together[:, inner].argmax(axis=1)]
    evidence = Evidence.fit(examples.words[fold.learnt], numbers)
    nothing = np.zeros(len(best))
    speaking = evidence.signs(examples.words[fold.judged], nothing, best)
    truth = examples.intents[fold.judged]
    right = (fold.kinds == IN_SCOPE) & (known[best] == truth)
    told = np.isin(truth, known)
    chances = log_chances(scores.of(told), np.searchsorted(known, truth[told]))
    signs = signs_of(scores, foreign, speaking, rows.getnnz(axis=1))
    return Trial(signs, fold.kinds, right, chances)
