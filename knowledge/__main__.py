"""``python -m knowledge``: check the content, measure the search."""

import getpass
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from knowledge.check import read_and_check
from knowledge.console import (
    faq_table,
    fault_lines,
    import_lines,
    library_lines,
    missing_lines,
    review_lines,
    sentence,
)
from knowledge.errors import ContentFaults, Fault, ImportRunning
from knowledge.evaluate import evaluate_library
from knowledge.evaluate_faq import evaluate_faq
from knowledge.importing.entry_file import Import
from knowledge.importing.run import import_files
from knowledge.importing.templates import write_templates
from knowledge.language import Language
from knowledge.review import read_product_ids, review
from knowledge.search.settings import default_settings
from knowledge.search.synonyms import Synonyms
from knowledge.wording import describe

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
def check_command(
    root: Root = CONTENT,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today without it.")
    ] = None,
    products: Annotated[
        Path | None, typer.Option(help="Catalogue with a column product_id, to hold against.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail, too.")] = False,
    language: In = Spoken.ZH,
    as_json: AsJson = False,
) -> None:
    """Prove that the content holds together; tell every fault and warning with file and line.

    The exit code is 1 where there is a fault (with --strict, or a warning), otherwise 0.
    """
    day = (on or datetime.now(UTC).astimezone()).date()
    try:
        found = review(root, day, None if products is None else read_product_ids(products))
    except ContentFaults as unreadable:
        _refuse(unreadable.faults, language.value)
    if as_json:
        told = {"on": day.isoformat(), "faults": found.faults, "warnings": found.warnings}
        typer.echo(json.dumps(told, default=asdict, ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(review_lines(found, language.value)))
    raise typer.Exit(1 if found.faults or (strict and found.warnings) else 0)


@app.command("evaluate")
def evaluate_command(
    faq: Annotated[Path | None, typer.Option(help="entry_id, question, answer")] = None,
    questions: Annotated[Path | None, typer.Option(help="question, entry_id")] = None,
    folds: Annotated[
        int, typer.Option(min=0, help="Learn from the other folds; ask with one missing, too.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Of the cut into folds.")] = 0,
    root: Root = CONTENT,
    language: In = Spoken.ZH,
    as_json: AsJson = False,
) -> None:
    """Measure the search on a FAQ; without one, on the content's own questions."""
    try:
        if faq is None and questions is None:
            _evaluate_library(root, (folds, seed), language.value, as_json)
        elif faq is None or questions is None:
            raise typer.BadParameter("--faq and --questions go together")
        else:
            _evaluate_faq((faq, questions), (folds, seed), root, language.value, as_json)
    except ContentFaults as found:
        _refuse(found.faults, language.value)


@app.command("import")
def import_command(
    files: Annotated[list[Path], typer.Argument(help="Workbooks and Word documents.")],
    into: Annotated[Path, typer.Option("--into", help="The content folder.")] = CONTENT,
    by: Annotated[str, typer.Option(help="Who changes the content; goes into its history.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    language: In = Spoken.ZH,
    as_json: AsJson = False,
) -> None:
    """Take tariff rows and entries from Excel and Word: everything, or nothing and every fault."""
    made = Import(by or getpass.getuser(), datetime.now(UTC).astimezone().date())
    try:
        done = import_files(files, into, made, dry_run=dry_run)
    except ContentFaults as found:
        _refuse_import(found.faults, language.value, as_json)
    except ImportRunning as running:
        typer.echo(sentence("import_running", language.value, root=running.root), err=True)
        raise typer.Exit(1) from running
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(import_lines(done, language.value, dry_run=dry_run)))


@app.command("template")
def template_command(
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    language: In = Spoken.ZH,
) -> None:
    """Write the forms to fill in: a workbook for the tariff, a document for an entry."""
    for path in write_templates(out, language.value):
        typer.echo(path)


def _refuse_import(faults: Sequence[Fault], language: Language, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"faults": faults}, default=asdict, ensure_ascii=False, indent=1))
    else:
        told = [describe(fault, language) for fault in faults]
        told.append(sentence("not_imported", language, count=len(faults)))
        typer.echo("\n".join(told), err=True)
    raise typer.Exit(1)


def _evaluate_faq(
    files: tuple[Path, Path],
    cut: tuple[int, int],
    root: Path,
    language: Language,
    as_json: bool,
) -> None:
    content, _ = read_and_check(root)
    synonyms = Synonyms(content.synonyms[language])
    result = evaluate_faq(files, default_settings(), synonyms, cut, language)
    if as_json:
        typer.echo(json.dumps(asdict(result), indent=1))
    else:
        Console().print(faq_table(result, language))
        for line in missing_lines(result.missing, language):
            typer.echo(line)


def _evaluate_library(root: Path, cut: tuple[int, int], language: Language, as_json: bool) -> None:
    content, faults = read_and_check(root)
    if faults:
        raise ContentFaults(faults)
    settings = default_settings()
    results = evaluate_library(content, settings, cut)
    if as_json:
        figures = {spoken: asdict(result) for spoken, result in results.items()}
        typer.echo(json.dumps(figures, indent=1))
    else:
        typer.echo("\n".join(library_lines(results, settings.wanted_precision, language)))


def _refuse(faults: Sequence[Fault], language: Language) -> NoReturn:
    typer.echo("\n".join(fault_lines(faults, language)), err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
