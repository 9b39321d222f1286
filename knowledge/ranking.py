"""How good a ranking is: precision at 1, recall at 3 and 5, mean reciprocal rank, time."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.faq import LabelledQuestion

type Scorer = Callable[[str], NDArray[np.float64]]


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


def measure(score: Scorer, questions: Sequence[LabelledQuestion]) -> RankingQuality:
    """Measure a scorer; a tie counts against it.

    Parameters
    ----------
    score : callable
        From a question to one score a document, highest best.
    questions : sequence of LabelledQuestion
        At least one.
    """
    started = time.perf_counter()
    scored = [score(question.text) for question in questions]
    took = time.perf_counter() - started
    ranks = np.array(
        [_rank(scores, asked.document) for scores, asked in zip(scored, questions, strict=True)]
    )
    return RankingQuality(
        p_at_1=float(np.mean(ranks <= 1)),
        r_at_3=float(np.mean(ranks <= 3)),
        r_at_5=float(np.mean(ranks <= 5)),
        mrr=float(np.mean(1 / ranks)),
        ms=1000 * took / len(questions),
    )


def _rank(scores: NDArray[np.float64], right: int) -> int:
    return int(np.count_nonzero(scores >= scores[right]))
