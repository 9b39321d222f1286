"""How alike two questions are spelt, whatever their words are worth."""

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler, LCSseq

from knowledge.search.parts import Part
from knowledge.search.tokens import Floats


def likeness(asked: str, known: Sequence[str]) -> Mapping[Part, Floats]:
    """Return three measures of spelling, each from 0 to 1, of shape (known,)."""
    one = [asked]
    ratio = process.cdist(one, known, scorer=fuzz.ratio)[0] / 100
    order = process.cdist(one, known, scorer=LCSseq.similarity)[0] / max(len(asked), 1)
    beginning = process.cdist(one, known, scorer=JaroWinkler.normalized_similarity)[0]
    return {
        Part.RATIO: np.asarray(ratio, dtype=np.float64),
        Part.ORDER: np.asarray(order, dtype=np.float64),
        Part.BEGINNING: np.asarray(beginning, dtype=np.float64),
    }
