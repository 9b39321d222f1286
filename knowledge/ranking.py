"""How good a ranking is: precision at 1, recall at 3 and 5, mean reciprocal rank, time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class RankingQuality:
    """Shares from 0 to 1, and milliseconds a question.

    Attributes
    ----------
    p_at_1 : float
        Share of questions whose right document comes first.
    r_at_3, r_at_5 : float
        Share of questions whose right document is among the first three, five.
    mrr : float
        Mean of 1 / rank of the right document.
    ms : float
        Mean time of one question, in milliseconds.
    """

    p_at_1: float
    r_at_3: float
    r_at_5: float
    mrr: float
    ms: float


def quality(ranks: Sequence[int], seconds: float) -> RankingQuality:
    """Return the figures of some questions.

    Parameters
    ----------
    ranks : sequence of int
        Rank of the right document of each question, from 1; a tie counted against it, and one that
        is not among the candidates as if it came after the last of them.
    seconds : float
        That all of them took.
    """
    found = np.asarray(ranks)
    return RankingQuality(
        p_at_1=float(np.mean(found <= 1)),
        r_at_3=float(np.mean(found <= 3)),
        r_at_5=float(np.mean(found <= 5)),
        mrr=float(np.mean(1 / found)),
        ms=1000 * seconds / len(found),
    )
