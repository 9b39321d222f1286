"""What the commands of the knowledge print, in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib import resources

import yaml
from rich.table import Table

from knowledge.errors import Fault
from knowledge.evaluate import FaqEvaluation, LibraryEvaluation
from knowledge.language import Language
from knowledge.review import Review
from knowledge.wording import describe


def sentence(key: str, language: Language, **figures: object) -> str:
    """Return a sentence of ``console.yml`` with its figures."""
    return _sentences()[key][language].format(**figures)


def fault_lines(faults: Sequence[Fault], language: Language) -> list[str]:
    """Return a line a fault, and how many there are."""
    told = [describe(fault, language) for fault in faults]
    return [*told, sentence("faults", language, count=len(faults))]


def review_lines(found: Review, language: Language) -> list[str]:
    """Return the faults, the warnings, and what the folder holds where nothing keeps it out."""
    lines = fault_lines(found.faults, language) if found.faults else []
    lines += [_warned(warning, language) for warning in found.warnings]
    if not found.faults:
        counts = {
            "entries": len(found.content.entries),
            "rows": len(found.content.tariff.rows),
            "services": len(found.content.tariff.services),
        }
        lines.append(sentence("sound", language, **counts))
    if found.warnings:
        lines.append(sentence("warnings", language, count=len(found.warnings)))
    return lines


def _warned(warning: Fault, language: Language) -> str:
    return sentence("warning", language, told=describe(warning, language))


def faq_table(result: FaqEvaluation, language: Language) -> Table:
    """Return both searches side by side."""
    title = sentence("faq", language, entries=result.entries, questions=result.questions)
    table = Table("", "p@1", "r@3", "r@5", "mrr", "ms", title=title)
    for name, quality in (("hybrid", result.hybrid), ("bigram BM25", result.baseline)):
        table.add_row(name, *(f"{figure:.3f}" for figure in asdict(quality).values()))
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
            advised=result.advised.threshold,
            advised_answered=result.advised.answered,
            **asdict(result.in_use),
        )
        for spoken, result in results.items()
    ]


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("knowledge").joinpath("console.yml").read_text("utf-8")
    sentences: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return sentences
