"""Searching a great many entries, beside ``bm25s`` and ``rank_bm25`` on the same text.

Run: ``python -m benchmarks.search [ENTRIES]``. Everything is invented. The others rank whole
entries by pairs of characters; ours compares questions and texts in eight ways. Timed for each is
the whole way of a question as typed to the ranked entries: folding and cutting it, too. Ours and
bm25s are asked in turn, so that both meet the same load of the machine.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from rank_bm25 import BM25Okapi
from rich.progress import track

from benchmarks.invented_entries import invented_documents, invented_questions
from benchmarks.turn_measures import Figure, report
from knowledge.folding import fold
from knowledge.search.analysis import bigrams
from knowledge.search.forms import Forms
from knowledge.search.index import Document, HybridIndex
from knowledge.search.ranker import Ranker
from knowledge.search.settings import default_settings
from knowledge.search.synonyms import Synonyms

RESULTS = Path(__file__).parent / "results" / "search.json"
ENTRIES, QUESTIONS, SLOW_QUESTIONS, BEST = 100_000, 300, 20, 5


def main(entries: int = ENTRIES) -> None:
    """Build and ask all three, print the table and write ``benchmarks/results/search.json``."""
    load = os.getloadavg()[0]
    documents = invented_documents(entries, seed=1)
    asked = invented_questions(documents, QUESTIONS, seed=2)
    figures, ask = hybrid(documents)
    texts = [bigrams(fold(document.text)) for document in documents]
    ours, theirs = timed_in_turn((ask, of_bm25s(texts)), asked)
    slow = timed_in_turn((of_rank_bm25(texts),), asked[:SLOW_QUESTIONS])[0]
    figures += of_seconds("hybrid", ours, "≤ 10")
    for name, seconds in (("bm25s", theirs), ("rank_bm25", slow)):
        figures += of_seconds(name, seconds, "")
        ratio = float(np.median(seconds) / np.median(ours))
        figures.append(Figure(f"{name} against ours, p50", ratio, "x", len(seconds), "≥ 1"))
    report(figures, load, RESULTS)


def hybrid(documents: Sequence[Document]) -> tuple[list[Figure], Callable[[str], object]]:
    """Build the hybrid index; also return how it is asked."""
    before, started = resident_megabytes(), time.perf_counter()
    index = HybridIndex(documents, Forms(Synonyms([])), progress)
    built = time.perf_counter() - started
    size = len(documents)
    figures = [
        Figure("hybrid, index built", built, "s", size, ""),
        Figure("hybrid, most memory while building", resident_megabytes() - before, "MB", size, ""),
    ]
    return figures, Ranker(index, default_settings().default).rank


def of_bm25s(texts: Sequence[Sequence[str]]) -> Callable[[str], object]:
    """Return how bm25s is asked for the best entries."""
    index: Any = bm25s.BM25(k1=1.2, b=0.75)
    index.index([list(text) for text in texts], show_progress=False)
    return lambda text: index.retrieve([bigrams(fold(text))], k=BEST, show_progress=False)


def of_rank_bm25(texts: Sequence[Sequence[str]]) -> Callable[[str], object]:
    """Return how rank_bm25 is asked for the best entries."""
    index = BM25Okapi(texts)
    return lambda text: np.argpartition(-index.get_scores(bigrams(fold(text))), BEST)[:BEST]


def timed_in_turn(
    asks: Sequence[Callable[[str], object]], asked: Sequence[str]
) -> list[list[float]]:
    """Return the seconds of each question, for each way to ask; the first is asked once before."""
    for ask in asks:
        ask(asked[0])
    seconds: list[list[float]] = [[] for _ in asks]
    for text in asked:
        for ask, taken in zip(asks, seconds, strict=True):
            started = time.perf_counter()
            ask(text)
            taken.append(time.perf_counter() - started)
    return seconds


def of_seconds(name: str, seconds: Sequence[float], aim: str) -> list[Figure]:
    """Return the median and the slowest hundredth."""
    return [
        Figure(f"{name}, p50", 1000 * float(np.median(seconds)), "ms", len(seconds), aim),
        Figure(f"{name}, p99", 1000 * float(np.percentile(seconds, 99)), "ms", len(seconds), ""),
    ]


def progress[T](rows: Sequence[T], name: str) -> Iterable[T]:
    """Show how far the work is."""
    return track(rows, f"{name:<20}")


def resident_megabytes() -> float:
    """Return the most memory the process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
