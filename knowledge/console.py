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
from knowledge.evaluate_missing import MissingEvaluation
from knowledge.importing.run import Imported
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


def import_lines(done: Imported, language: Language, *, dry_run: bool) -> list[str]:
    """Return what an import wrote, or would write."""
    if not done.files:
        return [sentence("import_nothing", language)]
    lines = []
    if done.rows_added or done.rows_changed:
        rows = {"added": len(done.rows_added), "changed": len(done.rows_changed)}
        lines.append(sentence("import_rows", language, **rows))
    lines += [sentence("import_entry", language, file=file) for file in done.entries]
    return [*lines, sentence("import_dry" if dry_run else "import_done", language)]


def _warned(warning: Fault, language: Language) -> str:
    return sentence("warning", language, told=describe(warning, language))


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
    """Return a line for each language of the library, and what missing entries do to it."""
    lines = []
    for spoken, result in results.items():
        figures = {"entries": result.entries, "wanted": wanted, "rivalry": result.rivalry}
        bound = asdict(result.in_use)
        lines.append(sentence("library", language, spoken=spoken, **figures, **bound))
        lines += missing_lines(result.missing, language)
    return lines


def missing_lines(result: MissingEvaluation | None, language: Language) -> list[str]:
    """Return how questions fare while some entries are missing, where it was tried."""
    return [] if result is None else [sentence("missing", language, **asdict(result))]


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("knowledge").joinpath("console.yml").read_text("utf-8")
    sentences: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return sentences
