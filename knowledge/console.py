"""What the commands of the knowledge print, in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib import resources

import yaml
from rich.table import Table

from knowledge.errors import Fault
from knowledge.evaluate import LibraryEvaluation
from knowledge.evaluate_faq import FaqEvaluation
from knowledge.language import Language
from knowledge.wording import describe


def sentence(key: str, language: Language, **figures: object) -> str:
    """Return a sentence of ``console.yml`` with its figures."""
    return _sentences()[key][language].format(**figures)


def fault_lines(faults: Sequence[Fault], language: Language) -> list[str]:
    """Return a line a fault, and how many there are."""
    told = [describe(fault, language) for fault in faults]
    return [*told, sentence("faults", language, count=len(faults))]


def faq_table(result: FaqEvaluation, language: Language) -> Table:
    """Return both searches side by side, and what each part adds."""
    title = sentence(
        "faq", language, entries=result.entries, questions=result.questions, folds=result.folds
    )
    table = Table("", "p@1", "r@3", "r@5", "mrr", "ms", title=title)
    rows = {"bigram BM25": result.baseline, **result.steps, "learned": result.hybrid}
    for name, figures in rows.items():
        table.add_row(name, *(f"{figure:.3f}" for figure in asdict(figures).values()))
    return table


def library_lines(
    results: Mapping[Language, LibraryEvaluation], wanted: float, language: Language
) -> list[str]:
    """Return a line for each language of the library."""
    return [
        sentence(
            "library",
            language,
            spoken=spoken,
            entries=result.entries,
            wanted=wanted,
            rivalry=result.rivalry,
            **asdict(result.in_use),
        )
        for spoken, result in results.items()
    ]


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("knowledge").joinpath("console.yml").read_text("utf-8")
    sentences: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return sentences
