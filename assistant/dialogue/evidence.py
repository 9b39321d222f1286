"""How much of a message speaks for an intent: its words, and which of them the examples have."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from assistant.dialogue.presence import presence

_MOST_LIFT = 3.0


class Evidence(NamedTuple):
    """What the words of the examples tell of each intent.

    Attributes
    ----------
    idf
        How rare each word is, one more than there are words: the last is that of any other word.
    unseen
        Whether no example has a word, shape (words,).
    seen
        Whether the examples of an intent have a word, shape (words, intents).
    lift
        How much oftener they have it than all examples do, as a logarithm between -3 and 3, of the
        same shape; 0 for a word that none has.
    """

    idf: np.ndarray
    unseen: np.ndarray
    seen: np.ndarray
    lift: np.ndarray

    @classmethod
    def fit(cls, words: csr_matrix, intents: np.ndarray) -> "Evidence":
        """Count in how many examples of each intent each word stands.

        Parameters
        ----------
        words
            Counts of shape (texts, words).
        intents
            The number of the intent of each text, from 0 on without a gap.
        """
        present = presence(words)
        texts, number = present.shape[0], intents.max() + 1
        belongs = csr_matrix((np.ones(texts), (np.arange(texts), intents)), shape=(texts, number))
        within = (present.T @ belongs).toarray()
        everywhere = within.sum(axis=1)
        sizes = np.bincount(intents, minlength=number)
        share = (everywhere + 0.5) / (texts + 1)
        lift = np.log((within + 0.5) / (sizes + 1)) - np.log(share)[:, None]
        lift[everywhere == 0] = 0
        return cls(
            np.log((1 + texts) / (1 + np.append(everywhere, 0))) + 1,
            everywhere == 0,
            within > 0,
            lift.clip(-_MOST_LIFT, _MOST_LIFT).astype(np.float32),
        )

    def signs(self, words: csr_matrix, unknown: np.ndarray, intents: np.ndarray) -> np.ndarray:
        """Return how far texts are covered by one intent each.

        Parameters
        ----------
        words
            Counts of shape (texts, words).
        unknown
            How many different words of each text are none of these.
        intents
            The number of the intent each text is held against.

        Returns
        -------
        numpy.ndarray
            The share of unknown words, the share of words that the examples of the intent have,
            and the mean lift, the rare words counting more. Without words it is 0, 0 and 0.
        """
        texts = words.shape[0]
        rows = np.repeat(np.arange(texts), words.getnnz(axis=1))
        found, against = words.indices, intents[rows]
        speaking = (
            self.unseen[found],
            self.seen[found, against],
            self.lift[found, against],
            np.ones(len(found)),
        )
        idf = self.idf[found]
        sums = [np.bincount(rows, part * idf, minlength=texts) for part in speaking]
        beyond = unknown * self.idf[-1]
        total = np.maximum(sums[3] + beyond, 1e-9)
        return np.column_stack([sums[0] + beyond, sums[1], sums[2]]) / total[:, None]
