"""Parts of the training data on which to learn when to refuse a message.

In each fold some intents are left out whole and play messages that nobody thought of; of the others
a part of the examples is held back. Source: leave-one-class-out estimation of open-set risk, as in
Larson et al. 2019 for the data, with classes in place of a validation set of out-of-scope queries.
"""

from typing import Iterator, List, NamedTuple, Sequence

import numpy as np

_FOLDS, _FOLDS_OF_MANY = 10, 3  # few examples miss each one left out more
_FEWEST_INTENTS = 6
_FEWEST_TEXTS = 200
_MOST_UNTHOUGHT = 3000  # judged a fold: more teach nothing and cost time

IN_SCOPE, UNTHOUGHT, FOREIGN = 0, 1, 2


class Fold(NamedTuple):
    """Rows to learn from and rows to judge, and what kind each judged row is."""

    learnt: np.ndarray
    judged: np.ndarray
    kinds: np.ndarray


def foldings(
    intents: Sequence[str], foreign: Sequence[str], seed: int, many: bool = False
) -> Iterator[Fold]:
    """Part examples into folds; none where there are too few to learn anything from.

    Parameters
    ----------
    intents
        The intent of each example.
    foreign
        The intents that stand for everything out of scope: never left out whole.
    seed
        Of the parting.
    many
        Whether the examples are many: then a few folds tell as much and take less time.
    """
    names = np.asarray(intents)
    inner = [name for name in np.unique(names) if name not in foreign]
    if len(inner) < _FEWEST_INTENTS or len(names) < _FEWEST_TEXTS:
        return
    folds = _FOLDS_OF_MANY if many else _FOLDS
    random = np.random.RandomState(seed)
    part_of_intent = dict(zip(random.permutation(inner), np.arange(len(inner)) % folds))
    left_out_in = np.array([part_of_intent.get(name, -1) for name in names])
    part_of_row = random.permutation(np.arange(len(names)) % folds)
    is_foreign = np.isin(names, list(foreign))
    for part in range(folds):
        unthought = random.permutation(np.flatnonzero(left_out_in == part))
        held_back = np.flatnonzero((part_of_row == part) & (left_out_in != part))
        learnt = np.flatnonzero((part_of_row != part) & (left_out_in != part))
        few = unthought[:_MOST_UNTHOUGHT]
        kinds: List[int] = [FOREIGN if row else IN_SCOPE for row in is_foreign[held_back]]
        judged = np.concatenate([held_back, few])
        yield Fold(learnt, judged, np.array(kinds + [UNTHOUGHT] * len(few)))
