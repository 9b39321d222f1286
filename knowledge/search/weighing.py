"""How much a token counts in a row: TF-IDF for questions, BM25 for whole texts."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from knowledge.search.fields import Field, Floats, Places

type Cut = Callable[[str], Sequence[str]]

K1, B = 1.2, 0.95
_ALWAYS = "\U0010ffff"  # so that rows without any token can be counted, too


def question_field(rows: Iterable[str], cut: Cut, owners: Places) -> Field:
    """Return questions weighed by TF-IDF, each of length 1.

    The weight of a token is ``(1 + ln tf) · (ln((1 + N) / (1 + df)) + 1)`` (Salton & Buckley 1988,
    with scikit-learn's smoothing), where N and df count *entries*, not questions: an entry that is
    asked for in many ways must not make its own words common.

    Parameters
    ----------
    owners : array of int, shape (rows,)
        Row number of the entry of each question, ascending.
    """
    vocabulary, counts = _counted(rows, cut)
    entries = int(owners[-1]) + 1
    belongs = sparse.csr_array((np.ones(len(owners)), (owners, np.arange(len(owners)))))
    frequency = np.diff(sparse.csc_array(belongs @ counts).indptr)
    rarity = np.log((1 + entries) / (1 + frequency)) + 1
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    lengths = np.sqrt(_summed(counts, counts.data**2))
    counts.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
    return Field(vocabulary, rarity, float(np.log(1 + entries)) + 1, counts)


def text_field(rows: Iterable[str], cut: Cut) -> Field:
    """Return whole texts weighed by BM25 (Robertson & Zaragoza 2009, section 3).

    The rarity of a token is in the rows already; a question asks for each of its tokens alike.
    """
    vocabulary, counts = _counted(rows, cut)
    size = counts.shape[0]
    frequency = np.diff(sparse.csc_array(counts).indptr)
    rarity = np.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
    lengths = _summed(counts, counts.data)
    usual = 1 - B + B * lengths / max(float(lengths.mean()), 1e-12)
    norm = K1 * np.repeat(usual, np.diff(counts.indptr))
    counts.data = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + norm)
    return Field(vocabulary, np.ones(len(rarity)), 1.0, counts)


def _counted(rows: Iterable[str], cut: Cut) -> tuple[dict[str, int], sparse.csr_array]:
    """Return the columns of the tokens, and how often each row has each."""
    counter = CountVectorizer(analyzer=lambda row: [*cut(row), _ALWAYS], dtype=np.float64)
    counts = sparse.csr_array(counter.fit_transform(rows))
    columns = {token: int(column) for token, column in counter.vocabulary_.items()}
    last = columns.pop(_ALWAYS)  # sorted behind every other
    counts = sparse.csr_array(counts[:, :last])
    counts.sort_indices()
    return columns, counts


def _summed(matrix: sparse.csr_array, values: Floats) -> Floats:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.bincount(rows, values, minlength=matrix.shape[0])
