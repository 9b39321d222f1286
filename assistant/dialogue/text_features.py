"""TF-IDF of words, pairs of words and characters, for Chinese and English alike.

Free of Rasa, so it is fitted and measured wherever scikit-learn is.
"""

import re
from collections import Counter
from typing import Any, Dict, Iterator, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from assistant.dialogue.normalise import fold

# Latin words whole, Chinese one character at a time: pairs of these are words and phrases.
_WORD = re.compile(r"[a-z0-9#']+|[\u4e00-\u9fff]")
# Endings by which English words of one meaning differ; characters side by side keep them apart.
_ENDINGS = ("ing", "ed", "ies", "es", "s", "ly")
_SHORTEST_STEM = 3
_WINDOW = 5
_BEGIN, _END = "<", ">"
_MANY_WORDS = 90_000  # in all texts, a Chinese character being one


def words_of(text: str) -> List[str]:
    """Return the words of a folded text without their endings, Chinese characters one by one."""
    return [_stem(word) for word in _WORD.findall(text)]


def words_and_neighbours(text: str) -> List[str]:
    """Return the words of a folded text and its pairs side by side, beginning and end included."""
    words = words_of(text)
    edged = [_BEGIN, *words, _END] if words else []
    return [*words, *(f"{one}_{other}" for one, other in zip(edged, edged[1:]))]


def words_and_phrases(text: str) -> List[str]:
    """Return the same with threes side by side, and pairs apart whatever their order.

    So "lost my bank card" and "my bank card is lost" share more than their words.
    """
    words = words_of(text)
    edged = [_BEGIN, *words, _END]
    threes = ("_".join(three) for three in zip(edged, edged[1:], edged[2:]))
    return [*words_and_neighbours(text), *threes, *_apart(words)]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _apart(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        for other in words[at + 2 : at + 1 + _WINDOW]:
            yield f"{word}*{other}" if word < other else f"{other}*{word}"


_FEW: Tuple[Dict[str, Any], ...] = (
    {"analyzer": words_and_neighbours},
    {"analyzer": "char_wb", "ngram_range": (1, 4)},
)
# With few words a longer phrase, or a run of characters across words, is seen too rarely. It is not
# for the number of texts: ten thousand messages of five words repeat fewer phrases than as many of
# twelve. With many, a feature seen only once is left out.
_MANY: Tuple[Dict[str, Any], ...] = (
    {"analyzer": words_and_phrases},
    {"analyzer": "char_wb", "ngram_range": (2, 4)},
    {"analyzer": "char", "ngram_range": (3, 5)},
)

Counts = List[csr_matrix]


class Weights(NamedTuple):
    """Which columns of the counts are used, and their inverse document frequency, a block each."""

    columns: List[np.ndarray]
    idf: List[np.ndarray]

    @classmethod
    def of(cls, counts: Counts) -> "Weights":
        """Learn the inverse document frequencies, smoothed as in scikit-learn."""
        texts = counts[0].shape[0]
        fewest = 2 if len(counts) == len(_MANY) else 1
        columns, weights = [], []
        for block in counts:
            seen = np.bincount(block.indices, minlength=block.shape[1])
            kept = np.flatnonzero(seen >= fewest)
            columns.append(kept)
            weights.append(np.log((1 + texts) / (1 + seen[kept])) + 1)
        return cls(columns, weights)

    def rows(self, counts: Counts) -> csr_matrix:
        """Return weighed rows of counts that have every column."""
        return weighed([block[:, kept] for block, kept in zip(counts, self.columns)], self.idf)


def weighed(counts: Counts, idf: Sequence[np.ndarray]) -> csr_matrix:
    """Return rows of unit length, in which each block weighs the same."""
    blocks = []
    for block, weights in zip(counts, idf):
        data = (1 + np.log(block.data)) * weights[block.indices]
        scaled = csr_matrix((data, block.indices, block.indptr), shape=block.shape)
        blocks.append(normalize(scaled, copy=False))
    return normalize(hstack(blocks, format="csr"), copy=False)


class TextFeatures:
    """Turns texts into rows of features, one column a word, a pair or a run of characters.

    Attributes
    ----------
    terms
        The names of the columns, a list a block.
    idf
        Their inverse document frequencies, an array a block.
    words
        Every word of the texts learnt from, however rare.
    rich
        Learnt from many words, with longer phrases.
    """

    def __init__(
        self,
        terms: Sequence[Sequence[str]],
        idf: Sequence[np.ndarray],
        words: Sequence[str],
        rich: bool,
    ) -> None:
        self.terms = [list(names) for names in terms]
        self.idf = list(idf)
        self.words = list(words)
        self.rich = rich
        self._analyzers = [
            CountVectorizer(**block).build_analyzer() for block in (_MANY if rich else _FEW)
        ]
        self._columns = [{name: at for at, name in enumerate(names)} for names in self.terms]
        self._places = {word: place for place, word in enumerate(self.words)}

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Tuple["TextFeatures", Counts, csr_matrix]:
        """Learn the columns from texts as typed.

        Returns
        -------
        tuple
            The features, and for learning on parts of the texts the counts of everything in them
            and of their words alone.
        """
        folded = [fold(text) for text in texts]
        rich = sum(len(_WORD.findall(text)) for text in folded) >= _MANY_WORDS
        counters = [CountVectorizer(**block) for block in (_MANY if rich else _FEW)]
        found = [counter.fit_transform(folded) for counter in counters]
        columns = [counter.get_feature_names_out() for counter in counters]
        solid = [np.flatnonzero([bool(name.strip()) for name in block]) for block in columns]
        counts = [block[:, kept] for block, kept in zip(found, solid)]  # a space says nothing
        names = [block[kept] for block, kept in zip(columns, solid)]
        weights = Weights.of(counts)
        terms = [list(block[kept]) for block, kept in zip(names, weights.columns)]
        words = np.flatnonzero([_is_word(name) for name in names[0]])
        features = cls(terms, weights.idf, list(names[0][words]), rich)
        return features, counts, counts[0][:, words]

    def transform(self, text: str) -> csr_matrix:
        """Return the row of a text as typed; without any known feature it is empty.

        The same as `weighed` gives for many, without a matrix for every step.
        """
        folded, first = fold(text), 0
        places: List[np.ndarray] = []
        weights: List[np.ndarray] = []
        for analyze, columns, idf in zip(self._analyzers, self._columns, self.idf):
            counted = Counter(columns[name] for name in analyze(folded) if name in columns)
            at = np.fromiter(counted, dtype=np.int32, count=len(counted))
            counts = np.fromiter(counted.values(), dtype=np.float64, count=len(counted))
            block = (1 + np.log(counts)) * idf[at]
            weights.append(block / (np.linalg.norm(block) or 1.0))
            places.append(at + first)
            first += len(columns)
        data = np.concatenate(weights)
        data /= np.linalg.norm(data) or 1.0
        pointers = np.array([0, len(data)], dtype=np.int32)
        return csr_matrix((data, np.concatenate(places), pointers), shape=(1, first))

    def words_in(self, text: str) -> Tuple[csr_matrix, int]:
        """Return a row of the words in a text as typed, and how many different others it has."""
        found = set(words_of(fold(text)))
        places = sorted(self._places[word] for word in found if word in self._places)
        row = (np.ones(len(places)), (np.zeros(len(places), dtype=int), places))
        return csr_matrix(row, shape=(1, len(self.words))), len(found) - len(places)


def _is_word(name: str) -> bool:
    """Whether a column of the first block is a word, not a pair."""
    return "_" not in name and "*" not in name
