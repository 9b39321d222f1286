"""A whole run: split, score what is not scored yet, tell what was done."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from recommender.errors import OtherRun
from recommender.scoring.blocks import Offer
from recommender.scoring.job import Job, score_part
from recommender.scoring.parts import CLIENTS, tables_wanted
from recommender.scoring.reading import count_rows, find_table
from recommender.scoring.splitting import split_table
from recommender.storage import DESCRIPTION, load

MANIFEST = "_manifest.json"
WORK = ".parts"

type Workers = Callable[[Job, list[int]], Iterator[int]]
"""Scores parts somewhere and yields the clients of each as it is done."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be scored and where the answers go.

    Attributes
    ----------
    block
        About how many clients a part has; what is in memory at once grows with it.
    """

    folder: Path
    model: Path
    out: Path
    offer: Offer
    block: int


def prepare(request: Request) -> Job:
    """Split the tables, unless an interrupted run of the same request did.

    Raises
    ------
    OtherRun
        The folder holds the answers of another request.
    DataError
        The tables are not as they must be.
    ModelError
        The model cannot be used.
    """
    model = load(request.model, {product.product_id for product in request.offer.products}).model
    identity = _identity(request)
    manifest = request.out / MANIFEST
    if manifest.is_file():
        if _read(manifest).get("identity") != identity:
            raise OtherRun(str(request.out))
    elif request.out.is_dir() and any(request.out.glob("*.parquet")):
        raise OtherRun(str(request.out))
    request.out.mkdir(parents=True, exist_ok=True)
    work = request.out / WORK
    rows = count_rows(find_table(request.folder, CLIENTS))
    parts = max(1, -(-rows // request.block))
    if not manifest.is_file():
        shutil.rmtree(work, ignore_errors=True)
        limits = (limit.need.attribute for limit in request.offer.rules.limits)
        names = [*(attribute.name for attribute in model.attributes.attributes), *limits]
        kinds: dict[str, str] = {}
        for wanted in tables_wanted(names):
            kinds |= split_table(request.folder, wanted, work, parts) or {}
        _write(manifest, {"identity": identity, "parts": parts, "kinds": kinds, **_told(request)})
    known = _read(manifest)["kinds"]
    return Job(request.model, work, request.out, parts, tuple(known.items()), request.offer)


def run(job: Job, workers: Workers, done: Callable[[int, int], None]) -> int:
    """Score every part that has no answers yet and return how many clients were scored now.

    Parameters
    ----------
    done
        Called with the parts done and the clients scored after every part.
    """
    left = [number for number in range(job.parts) if not job.part_path(number).is_file()]
    clients = 0
    done(job.parts - len(left), 0)
    for place, count in enumerate(workers(job, left), start=1):
        clients += count
        done(job.parts - len(left) + place, clients)
    manifest = job.out / MANIFEST
    _write(manifest, {**_read(manifest), "finished": True})
    shutil.rmtree(job.work, ignore_errors=True)
    return clients


def processes(count: int) -> Workers:
    """Score in so many processes of this machine; in this one where there is one."""

    def work(job: Job, numbers: list[int]) -> Iterator[int]:
        if min(count, len(numbers)) <= 1:
            yield from (score_part(job, number) for number in numbers)
            return
        with ProcessPoolExecutor(count, mp_context=get_context("forkserver")) as pool:
            yield from pool.map(score_part, [job] * len(numbers), numbers)

    return work


def _identity(request: Request) -> str:
    """Hash everything the answers depend on; tables by size and time of change."""
    digest = hashlib.sha256((request.model / DESCRIPTION).read_bytes())
    for path in _tables(request.folder):
        state = path.stat()
        digest.update(f"{path.name}:{state.st_size}:{state.st_mtime_ns}".encode())
    settings = {"block": request.block, **asdict(request.offer)}
    digest.update(json.dumps(settings, default=_plain, sort_keys=True).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, frozenset) else str(value)


def _tables(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".parquet"))


def _told(request: Request) -> dict[str, Any]:
    return {"model": request.model.name, "scored_for": request.offer.today.isoformat()}


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _write(path: Path, content: dict[str, Any]) -> None:
    building = path.with_name(f".{path.name}")
    building.write_text(json.dumps(content, indent=1), encoding="utf-8")
    building.replace(path)
