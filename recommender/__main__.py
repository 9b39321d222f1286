"""``python -m recommender``: measure the methods on a bank's own export, search for settings."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from recommender.days import read_day
from recommender.errors import RecommenderError
from recommender.evaluating import as_json, run_evaluation
from recommender.methods import PLAYS, selling_rules
from recommender.plays import PLAYS_FILE, load_plays
from recommender.printing import print_differences, print_table
from recommender.protection import read_protected, without
from recommender.report import write_report
from recommender.scoring.command import score_folder
from recommender.settings import Settings
from recommender.settings_file import read_settings, write_settings
from recommender.tables import HiddenHoldings, read_evaluation, read_later_openings
from recommender.tuning import tune

BAD_INPUT = 2

app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command("score")(score_folder)


class Split(StrEnum):
    """How holdings are hidden."""

    HELDOUT = "heldout"
    TIME = "time"


class Language(StrEnum):
    """Language of the report."""

    ZH = "zh"
    EN = "en"


@app.callback()
def main() -> None:
    """Next-best products: measure the methods, search for settings."""


Folder = Annotated[
    Path, typer.Argument(help="Holds clients.csv, holdings.csv, heldout.csv, products.csv.")
]
SplitBy = Annotated[
    Split,
    typer.Option(help="heldout: hidden in heldout.csv. time: by holdings.csv's opened_on."),
]
Since = Annotated[
    str | None, typer.Option(help="With --split time: hide what opened from this day on.")
]
Protected = Annotated[
    Path | None,
    typer.Option(help="YAML list of attributes never to learn from; by default our own list."),
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings written by `tune`.")
]
PlaysFile = Annotated[
    Path | None,
    typer.Option(help="Selling rules to measure too, where they fit; by default our own."),
]


@app.command("evaluate")
def evaluate_folder(  # noqa: PLR0913, PLR0917  # each is an option of the command
    folder: Folder,
    as_object: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    seeds: Annotated[
        str | None, typer.Option(help="Several, as 0,1,2: figures are their mean.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Also write an HTML page here.")] = None,
    language: Annotated[Language | None, typer.Option(help="Of the report.")] = None,
    split: SplitBy = Split.HELDOUT,
    since: Since = None,
    protected: Protected = None,
    settings: SettingsFile = None,
    plays: PlaysFile = None,
) -> None:
    """Train on what is visible and rank the products not visibly held."""
    with _told():
        chosen = read_settings(settings) if settings else Settings()
        data = _read(folder, split, since, protected)
        rules = {PLAYS: selling_rules(load_plays(plays or PLAYS_FILE))}
        evaluation = run_evaluation((str(folder), data), _seeds(seeds, seed), chosen, rules)
        if report:
            report.write_text(write_report(evaluation, language or _spoken()), encoding="utf-8")
        if as_object:
            sys.stdout.write(json.dumps(as_json(evaluation), ensure_ascii=False) + "\n")
        else:
            print_table(Console(), evaluation)
            print_differences(Console(), evaluation)


@app.command("tune")
def tune_folder(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="Where the best settings are written.")],
    trials: Annotated[int, typer.Option(min=1, help="At most so many settings tried.")] = 30,
    minutes: Annotated[
        float | None, typer.Option(min=0.01, help="No new trial after so many minutes.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Same seed and trials, same settings.")] = 0,
    protected: Protected = None,
) -> None:
    """Search for settings on the visible holdings alone; heldout.csv is not looked at."""
    with _told():
        visible = _read(folder, Split.HELDOUT, None, protected, ask=False).visible
        found = tune(visible, seed, trials, minutes)
        write_settings(found.settings, out)
        Console().print(found.summary(), markup=False, highlight=False)


def _read(
    folder: Path, split: Split, since: str | None, protected: Path | None, *, ask: bool = True
) -> HiddenHoldings:
    if split is Split.TIME:
        holdings = read_later_openings(folder, read_day(since, "--since"))
    else:
        holdings = read_evaluation(folder, ask=ask)
    return without(holdings, read_protected(protected))


def _seeds(text: str | None, seed: int) -> list[int]:
    try:
        return [int(part) for part in text.split(",")] if text else [seed]
    except ValueError as error:
        message = f"{text} is not a list of whole numbers such as 0,1,2"
        raise typer.BadParameter(message, param_hint="--seeds") from error


def _spoken() -> Language:
    return Language.EN if os.environ.get("LANG", "").startswith("en") else Language.ZH


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RecommenderError as error:
        Console(stderr=True, soft_wrap=True, markup=False, highlight=False).print(str(error))
        raise typer.Exit(BAD_INPUT) from error


if __name__ == "__main__":
    app()
