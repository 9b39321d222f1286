"""``python -m recommender score``: every client of a folder, as Parquet."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from recommender.days import read_day
from recommender.errors import NoneInUse, RecommenderError, VersionUnknown
from recommender.gate_rules import load_rules
from recommender.registry import Registry
from recommender.scoring.blocks import Offer
from recommender.scoring.catalogue import read_catalogue
from recommender.scoring.job import Job
from recommender.scoring.run import Request, Workers, prepare, processes, run

MODELS = Path("var/models/recommender")
TABLES = Path("var/tables")
BAD_INPUT = 2
_STDERR = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What a run tells of itself."""

    out: str
    model: str
    scored_for: str
    parts: int
    clients: int
    seconds: float


def score_folder(  # noqa: PLR0913, PLR0917  # a command has as many options as this
    out: Annotated[Path, typer.Option(help="Gets the Parquet files; an interrupted run goes on.")],
    folder: Annotated[
        Path, typer.Option(help="Holds clients, holdings and products (.csv or .parquet).")
    ] = TABLES,
    models: Annotated[Path, typer.Option(help="Folder of the model's versions.")] = MODELS,
    version: Annotated[str, typer.Option(help="The version in use when not given.")] = "",
    block: Annotated[int, typer.Option(min=1, help="About how many clients a part.")] = 50_000,
    scheduler: Annotated[str, typer.Option(help="Score on a Dask cluster: tcp://HOST:8786.")] = "",
    workers: Annotated[int, typer.Option(min=0, help="Processes here; 0 for one a core.")] = 0,
    top: Annotated[int, typer.Option(min=1, help="Suggestions a client.")] = 5,
    reasons: Annotated[int, typer.Option(min=0, help="Reasons a suggestion.")] = 3,
    unsaid: Annotated[list[str] | None, typer.Option(help="Attribute never named.")] = None,
    day: Annotated[str, typer.Option("--for", help="Day to score for, YYYY-MM-DD.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write every client's best products with chance and reasons, and what is held back."""
    started = perf_counter()
    today = read_day(day, "--for") or datetime.now().astimezone().date()
    try:
        offer = Offer(
            products=read_catalogue(folder),
            today=today,
            rules=load_rules(),
            limit=top,
            reasons=reasons,
            unsaid=frozenset(unsaid or ()),
        )
        request = Request(folder, _model(Registry(models), version), out, offer, block)
        job = prepare(request)
        clients = _run(job, _workers(scheduler, workers))
    except RecommenderError as error:
        _STDERR.print(str(error))
        raise typer.Exit(BAD_INPUT) from error
    told = Told(
        str(out),
        request.model.name,
        offer.today.isoformat(),
        job.parts,
        clients,
        round(perf_counter() - started, 2),
    )
    if as_json:
        sys.stdout.write(json.dumps(asdict(told)) + "\n")
    else:
        Console().print(", ".join(f"{name} {value}" for name, value in asdict(told).items()))


def _model(registry: Registry, version: str) -> Path:
    known = registry.in_use()
    wanted = version or (known.version if known else "")
    if not wanted:
        raise NoneInUse(str(registry.folder))
    if wanted not in registry.versions():
        raise VersionUnknown(wanted, registry.versions())
    return registry.folder / wanted


def _workers(scheduler: str, count: int) -> Workers:
    if scheduler:
        # Dask takes a second to load, so only where it is used.
        from recommender.scoring.spread import workers  # noqa: PLC0415

        return workers(scheduler)
    return processes(count or os.cpu_count() or 1)


def _run(job: Job, workers: Workers) -> int:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=_STDERR,
    )
    with bar:
        task = bar.add_task("parts", total=job.parts)
        return run(job, workers, lambda done, _clients: bar.update(task, completed=done))
