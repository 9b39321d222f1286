"""Everything that must stand before the two processes start; nothing is done twice."""

import asyncio
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from assistant.identity import utc_now
from assistant.running import fingerprint, training
from assistant.running.errors import (
    DiskFull,
    NothingImported,
    NotTheSample,
    RecommenderUntrained,
    StoreUnusable,
)
from assistant.running.progress import Progress
from assistant.running.secrets import ensure
from assistant.settings import Settings
from crm.errors import ImportRefused, StoreError
from crm.imports.run import import_directory
from crm.store import imports, migrate
from crm.store.engine import Store, create_store
from recommender.errors import RecommenderError
from recommender.release import Verdict

_NEEDED_BYTES = 300 * 1024**2


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a start needs: the secrets of both processes and the dialogue model to load."""

    secrets: dict[str, str]
    dialogue_model: Path


async def prepare(settings: Settings, progress: Progress) -> Prepared:
    """Migrate, load the sample into an empty demo store, and train what changed.

    Raises
    ------
    StartError
        With one sentence that says what to do.
    """
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(settings.var_dir).free < _NEEDED_BYTES:
        raise DiskFull(path=settings.var_dir)
    secrets = ensure(settings)
    dialogue = asyncio.create_task(_dialogue(settings, secrets, progress))
    try:
        await asyncio.to_thread(_store_and_recommender, settings, progress)
    except StoreError as unusable:
        dialogue.cancel()
        raise StoreUnusable(why=str(unusable)) from unusable
    except RecommenderError as refused:
        dialogue.cancel()
        raise RecommenderUntrained(why=str(refused)) from refused
    except BaseException:
        dialogue.cancel()
        raise
    return Prepared(secrets, await dialogue)


async def _dialogue(settings: Settings, secrets: dict[str, str], progress: Progress) -> Path:
    model = training.dialogue_model_path(settings)
    if training.is_ours(model, secrets["RM_SIGNING_KEY"]):
        return model
    with progress.step("dialogue_training"):
        return await training.train_dialogue(settings, secrets)


def _store_and_recommender(settings: Settings, progress: Progress) -> None:
    migrate.upgrade(settings.store_url)
    store = create_store(settings.store_url)
    try:
        _data(settings, store, progress)
        with store.read() as session:
            data_fingerprint = imports.fingerprint(session)
        made_from = training.recommender_made_from(settings, data_fingerprint)
        if not training.recommender_is_current(settings, made_from):
            with progress.step("recommender_training"):
                verdict = training.train_recommender(settings, store, made_from, utc_now())
            tell_verdict(progress, verdict)
    finally:
        store.close()


def tell_verdict(progress: Progress, verdict: Verdict) -> None:
    """Tell whether a version goes into use, and what it lost to where it does not."""
    if verdict.released:
        progress.say("model_released", version=verdict.version)
    elif verdict.measured:
        lost_to = ", ".join(verdict.lost_to)
        progress.warn("model_candidate", version=verdict.version, lost_to=lost_to)
    else:
        progress.warn("model_unmeasured", version=verdict.version)


def _data(settings: Settings, store: Store, progress: Progress) -> None:
    """Load the sample into an empty demo store; refuse the demo on anything else."""
    with store.read() as session:
        runs = imports.import_runs(session)
    if not runs and not settings.demo:
        raise NothingImported
    if not runs:
        folder = _sample(settings, progress)
        with progress.step("sample_loading"):
            try:
                import_directory(store, folder, utc_now().astimezone(settings.zone))
            except ImportRefused as refused:
                raise StoreUnusable(why=str(refused.faults[0])) from refused
    else:
        require_sample_in_demo(settings, store)


def require_sample_in_demo(settings: Settings, store: Store) -> None:
    """Refuse the demo, in which anybody signs in as anybody, on anything but the sample.

    Raises
    ------
    NotTheSample
        Something else was imported into this store.
    """
    with store.read() as session:
        runs = imports.import_runs(session)
    if settings.demo and any(not run.sample for run in runs):
        raise NotTheSample(url=make_url(settings.store_url).render_as_string(hide_password=True))


def _sample(settings: Settings, progress: Progress) -> Path:
    made_from = fingerprint.of_files(
        [settings.root / "data" / "sample"], settings.root, str(settings.sample_seed)
    )
    folder = settings.var_dir / "sample" / made_from
    if not (folder / "indicators.csv").is_file():
        with progress.step("sample_making"):
            command = [sys.executable, "-m", "data.sample", "--out", str(folder)]
            command += ["--seed", str(settings.sample_seed)]
            subprocess.run(command, cwd=settings.root, check=True, stdout=subprocess.DEVNULL)
    return folder
