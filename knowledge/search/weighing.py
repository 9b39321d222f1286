"""How much a token counts in a row: TF-IDF for questions, BM25 for whole texts."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from knowledge.search.tokens import Floats, Places

K1, B = 1.2, 0.95


@dataclass(frozen=True, slots=True)
class Weighed:
    """Rows of weighed tokens.

    Attributes
    ----------
    rarity : array of float, shape (tokens,)
        Weight of each token in a question; 0 where no row has it.
    unknown : float
        Weight of a token that no row has.
    matrix : csr_array of float32, shape (rows, tokens)
        Weight of each token in each row.
    """

    rarity: Floats
    unknown: float
    matrix: sparse.csr_array


def weighed_questions(counts: sparse.csr_array, owners: Places) -> Weighed:
    """Return questions weighed by TF-IDF, each of length 1.

    The weight of a token is ``(1 + ln tf) · (ln((1 + N) / (1 + df)) + 1)`` (Salton & Buckley 1988,
    with scikit-learn's smoothing), where N and df count *entries*, not questions: an entry that is
    asked for in many ways must not make its own words common.

    Parameters
    ----------
    counts : csr_array, shape (questions, tokens)
        How often each question has each token.
    owners : array of int, shape (questions,)
        Row number of the entry of each question, ascending.
    """
    entries = int(owners[-1]) + 1
    belongs = sparse.csr_array((np.ones(len(owners)), (owners, np.arange(len(owners)))))
    frequency = np.diff(sparse.csc_array(belongs @ counts).indptr)
    rarity = np.log((1 + entries) / (1 + frequency)) + 1
    weights = (1 + np.log(counts.data)) * rarity[counts.indices]
    lengths = np.sqrt(_summed(counts, weights**2))
    weights /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
    known = np.where(frequency > 0, rarity, 0.0)
    return Weighed(known, float(np.log(1 + entries)) + 1, _with(counts, weights))


def weighed_texts(counts: sparse.csr_array) -> Weighed:
    """Return whole texts weighed by BM25 (Robertson & Zaragoza 2009, section 3).

    The rarity of a token is in the rows already; a question asks for each of its tokens alike.

    Parameters
    ----------
    counts : csr_array, shape (texts, tokens)
        How often each text has each token.
    """
    size = counts.shape[0]
    frequency = np.diff(sparse.csc_array(counts).indptr)
    rarity = np.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
    lengths = _summed(counts, counts.data)
    usual = 1 - B + B * lengths / max(float(lengths.mean()), 1e-12)
    norm = K1 * np.repeat(usual, np.diff(counts.indptr))
    weights = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + norm)
    return Weighed((frequency > 0).astype(np.float64), 1.0, _with(counts, weights))


def _with(counts: sparse.csr_array, weights: Floats) -> sparse.csr_array:
    pieces = (weights.astype(np.float32), counts.indices, counts.indptr)
    return sparse.csr_array(pieces, shape=counts.shape)


def _summed(matrix: sparse.csr_array, values: Floats) -> Floats:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.bincount(rows, values, minlength=matrix.shape[0])
