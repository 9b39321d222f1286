"""Measures what the dialogue understands: on a folder of examples, or on the project's own."""

import sys
from pathlib import Path

from rich.console import Console

from assistant.evaluating.examples import Split, read_folder, read_project
from assistant.evaluating.measuring import measure
from assistant.evaluating.printing import as_json, print_tables
from assistant.replies.templates import Language, Words
from assistant.settings import Settings


def evaluate(
    settings: Settings,
    words: Words,
    language: Language,
    folder: Path | None,
    held_out: Path,
    *,
    in_json: bool,
) -> None:
    """Train, judge and print.

    Raises
    ------
    EvaluationError
        The examples are missing or broken.
    StartError
        The dialogue environment was not built.
    """
    splits = _splits(settings, folder, held_out)
    measured = dict(zip(splits, measure(settings, tuple(splits.values())), strict=True))
    data = "data/nlu" if folder is None else str(folder)
    if in_json:
        sys.stdout.write(as_json(data, splits, measured) + "\n")
    else:
        print_tables(Console(highlight=False), words, language, data, splits, measured)


def _splits(settings: Settings, folder: Path | None, held_out: Path) -> dict[str, Split]:
    if folder is not None:
        return read_folder(folder)
    return {"test": read_project(settings.root / "data" / "nlu", settings.root / held_out)}
