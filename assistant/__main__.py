"""The assistant's command line: run, chat, train, doctor and more (serve is for run alone)."""

import asyncio
import errno
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from assistant.replies.templates import Language, Words
from assistant.running.errors import StartError
from assistant.running.progress import Progress
from assistant.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

_FAILED = 1
_BAD_INPUT = 2
_LANGUAGE_OPTION = typer.Option(help="zh or en; LANG decides when not given.")


@app.command()
def run(language: Annotated[str, _LANGUAGE_OPTION] = "") -> None:
    """Prepare what is missing, start both processes and keep them until Ctrl-C."""
    from assistant.running.supervisor import run as supervise

    settings, progress = _start(language)
    raise typer.Exit(_told(progress, lambda: asyncio.run(supervise(settings, progress))))


@app.command()
def train(
    language: Annotated[str, _LANGUAGE_OPTION] = "",
    quiet: Annotated[bool, typer.Option(help="Tell only what went wrong.")] = False,
) -> None:
    """Create the store, load the sample where it is empty, and train what changed."""
    from assistant.running.preparing import prepare

    settings, progress = _start(language, quiet=quiet)

    def prepared() -> int:
        asyncio.run(prepare(settings, progress))
        progress.say("trained")
        return 0

    raise typer.Exit(_told(progress, prepared))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where the CSV files are written.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day to cut at.")],
    language: Annotated[str, _LANGUAGE_OPTION] = "",
) -> None:
    """Write clients, holdings and products for `python -m recommender evaluate --split time`."""
    from assistant.running.exporting import export_for_evaluation
    from crm.store.engine import create_store

    settings, progress = _start(language)

    def exported() -> int:
        store = create_store(settings.store_url)
        try:
            counts = export_for_evaluation(store, folder, since.date())
        finally:
            store.close()
        for name, rows in counts.items():
            typer.echo(f"{folder / name}\t{rows}")
        return 0

    raise typer.Exit(_told(progress, exported))


@app.command()
def serve() -> None:
    """Run the service process alone; `run` starts it with what it needs."""
    from assistant.serving import serve as serve_forever

    settings, progress = _start("")

    def served() -> int:
        serve_forever(settings)
        return 0

    raise typer.Exit(_told(progress, served))


@app.command()
def chat(
    who: Annotated[str, typer.Option("--as", help="Employee number, such as E0001.")],
    once: Annotated[str, typer.Option(help="Ask one question, print the answer, end.")] = "",
    url: Annotated[str, typer.Option(help="Address of a running assistant.")] = "",
) -> None:
    """Chat in the terminal over the same API as the page."""
    from assistant.channels.terminal import chat as chat_in_terminal

    settings = _settings()
    raise typer.Exit(
        chat_in_terminal(url or settings.service_url, who, once, Words.load(settings.replies_dir))
    )


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def models(context: typer.Context) -> None:
    """Versions of the recommender: list, use, rollback, drift, export."""
    from assistant.versions.command import app as commands

    commands(context.args, prog_name="python -m assistant models")


@app.command()
def doctor(language: Annotated[str, _LANGUAGE_OPTION] = "") -> None:
    """Say what is wrong with this installation; the exit code is 1 when anything is."""
    from assistant.running.doctor import examine

    settings, progress = _start(language)
    raise typer.Exit(_FAILED if examine(settings, progress) else 0)


@app.command()
def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(help="Holds train.csv, test.csv, perhaps valid.csv.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    held_out: Annotated[
        Path, typer.Option(help="Without a folder: sentences to judge data/nlu on.")
    ] = Path("tests/dialogue/held_out"),
    language: Annotated[str, _LANGUAGE_OPTION] = "",
) -> None:
    """Train config.yml's pipeline on examples (text, intent) and measure what it understands."""
    from assistant.evaluating.command import evaluate as measure_and_print
    from assistant.evaluating.errors import EvaluationError

    settings, progress = _start(language)

    def measured() -> int:
        try:
            measure_and_print(
                settings, progress.words, progress.language, folder, held_out, in_json=as_json
            )
        except EvaluationError as wrong:
            progress.warn_of(f"evaluate.{wrong.key}", **wrong.values)
            return _BAD_INPUT
        return 0

    raise typer.Exit(_told(progress, measured))


@app.command()
def gaps(
    figures: Annotated[bool, typer.Option(help="Print the figures of the loop.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Draw the weeks, as PNG or SVG.")] = None,
    days: Annotated[int, typer.Option(min=1, help="How far back the figures go.")] = 90,
    as_json: Annotated[bool, typer.Option("--json", help="Print the queue as JSON.")] = False,
    language: Annotated[str, _LANGUAGE_OPTION] = "",
) -> None:
    """Show the questions nobody has answered yet, or the figures of answering them."""
    from rich.console import Console

    from assistant.identity import utc_now
    from assistant.running.gap_report import GapReport, queue_as_data, store_in_use

    settings, progress = _start(language)
    words, spoken = Words.load(settings.replies_dir), _spoken(language)

    def reported() -> int:
        with store_in_use(settings) as store:
            report = GapReport(store, words, spoken, settings.zone, Console())
            if as_json:
                typer.echo(json.dumps(queue_as_data(store), ensure_ascii=False, indent=1))
            elif figures or plot is not None:
                report.figures(utc_now(), days, plot)
            else:
                report.queue(utc_now())
        return 0

    raise typer.Exit(_told(progress, reported))


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        for fault in wrong.errors():
            typer.echo(str(fault["msg"]), err=True)
        raise typer.Exit(_FAILED) from wrong


def _start(language: str, *, quiet: bool = False) -> tuple[Settings, Progress]:
    settings = _settings()
    return settings, Progress(Words.load(settings.replies_dir), _spoken(language), quiet=quiet)


def _spoken(language: str) -> Language:
    return "en" if (language or os.environ.get("LANG", "")).startswith("en") else "zh"


def _told(progress: Progress, work: Callable[[], int]) -> int:
    """Run something; tell why it cannot start in one sentence instead of a traceback."""
    try:
        return work()
    except StartError as unable:
        progress.warn(unable.key, **unable.values)
    except KeyboardInterrupt:
        progress.say("ended")
    except OSError as failed:
        if failed.errno != errno.ENOSPC:
            raise
        progress.warn("disk_full", path=failed.filename or "var")
    return _FAILED


if __name__ == "__main__":
    sys.exit(app())
