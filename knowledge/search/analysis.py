"""From a folded text to the tokens that are compared: characters and words of any script."""

import re
from operator import add

import rjieba

_RUNS = re.compile(r"[a-z0-9]+|[^a-z0-9\s]+")
_LATIN = re.compile(r"[a-z0-9]")


def characters(text: str) -> list[str]:
    """Return single characters and pairs of Chinese, three- and four-letter pieces of Latin.

    Pieces of Latin words carry the word's edges, so that a slip inside costs little and a
    shared ending counts.
    """
    tokens: list[str] = []
    for run in _RUNS.findall(text):
        if _LATIN.match(run):
            edged = f"<{run}>"
            tokens += [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]
        else:
            tokens += run
            tokens += map(add, run, run[1:])
    return tokens


def words(text: str) -> list[str]:
    """Return the words, Chinese cut by a dictionary."""
    return [word for word in rjieba.cut(text) if not word.isspace()]


def bigrams(text: str) -> list[str]:
    """Return pairs of neighbouring characters, nothing more: the baseline's tokens."""
    return [text[i : i + 2] for i in range(len(text) - 1) if " " not in text[i : i + 2]]
