"""What tells a message out of scope from one in scope."""

from typing import Sequence

import numpy as np

from assistant.dialogue.opinions import Scores

_UNLIKE = -2.0  # the margin of being foreign where no example says what that is


def signs_of(
    scores: Scores, foreign: Sequence[int], evidence: np.ndarray, lengths: np.ndarray
) -> np.ndarray:
    """Return what tells a foreign message from one in scope.

    Parameters
    ----------
    scores
        What was made of the messages.
    foreign
        Columns of the intents that stand for everything out of scope.
    evidence
        How far the best intent in scope covers each message, shape (messages, 3).
    lengths
        The number of known features of each message.

    Returns
    -------
    numpy.ndarray
        The best margin of an intent in scope, how far the next is behind, how far the best foreign
        one is ahead, both of these as log odds of the best, the evidence and the length.
    """
    margins = scores.margins
    inner = np.sort(np.delete(margins, foreign, axis=1), axis=1)
    best, second = inner[:, -1], inner[:, -2]
    ahead = margins[:, foreign].max(axis=1) if len(foreign) else np.full(len(margins), _UNLIKE)
    others = np.logaddexp(np.logaddexp.reduce(4 * inner[:, :-1], axis=1), 4 * ahead)
    return np.column_stack(
        [best, best - second, ahead - best, 4 * best - others, evidence, np.log1p(lengths)]
    )
