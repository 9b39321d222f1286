"""``python -m knowledge``: check the content, measure the search."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from knowledge.check import read_and_check
from knowledge.console import faq_table, fault_lines, library_lines, sentence
from knowledge.errors import ContentFaults, Fault
from knowledge.evaluate import evaluate_library
from knowledge.evaluate_faq import evaluate_faq
from knowledge.language import Language
from knowledge.search.settings import default_settings
from knowledge.search.synonyms import Synonyms

CONTENT = Path(__file__).parent / "content"

app = typer.Typer(no_args_is_help=True, add_completion=False)


class Spoken(StrEnum):
    """The language a command answers in, and in which a FAQ is written."""

    ZH = "zh"
    EN = "en"


Root = Annotated[Path, typer.Option(help="The content folder.")]
In = Annotated[Spoken, typer.Option("--language", help="Language of the answer and of the FAQ.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("check")
def check_command(root: Root = CONTENT, language: In = Spoken.ZH, as_json: AsJson = False) -> None:
    """Prove that the content holds together; tell every fault with file and line."""
    content, faults = read_and_check(root)
    if as_json:
        typer.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1))
    elif not faults:
        counts = {
            "entries": len(content.entries),
            "rows": len(content.tariff.rows),
            "services": len(content.tariff.services),
        }
        typer.echo(sentence("sound", language.value, **counts))
    else:
        typer.echo("\n".join(fault_lines(faults, language.value)))
    raise typer.Exit(1 if faults else 0)


@app.command("evaluate")
def evaluate_command(
    faq: Annotated[Path | None, typer.Option(help="entry_id, question, answer")] = None,
    questions: Annotated[Path | None, typer.Option(help="question, entry_id")] = None,
    folds: Annotated[int, typer.Option(min=0, help="Learn from the other folds' labels.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the cut into folds.")] = 0,
    root: Root = CONTENT,
    language: In = Spoken.ZH,
    as_json: AsJson = False,
) -> None:
    """Measure the search on a FAQ; without one, on the content's own questions."""
    try:
        if faq is None and questions is None:
            _evaluate_library(root, language.value, as_json)
        elif faq is None or questions is None:
            raise typer.BadParameter("--faq and --questions go together")
        else:
            _evaluate_faq((faq, questions), (folds, seed), root, language.value, as_json)
    except ContentFaults as found:
        _refuse(found.faults, language.value)


def _evaluate_faq(
    files: tuple[Path, Path],
    cut: tuple[int, int],
    root: Path,
    language: Language,
    as_json: bool,
) -> None:
    content, _ = read_and_check(root)
    synonyms = Synonyms(content.synonyms[language])
    result = evaluate_faq(files, default_settings(), synonyms, *cut)
    if as_json:
        typer.echo(json.dumps(asdict(result), indent=1))
    else:
        Console().print(faq_table(result, language))


def _evaluate_library(root: Path, language: Language, as_json: bool) -> None:
    content, faults = read_and_check(root)
    if faults:
        raise ContentFaults(faults)
    settings = default_settings()
    results = evaluate_library(content, settings)
    if as_json:
        figures = {spoken: asdict(result) for spoken, result in results.items()}
        typer.echo(json.dumps(figures, indent=1))
    else:
        typer.echo("\n".join(library_lines(results, settings.wanted_precision, language)))


def _refuse(faults: Sequence[Fault], language: Language) -> None:
    typer.echo("\n".join(fault_lines(faults, language)), err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
