"""Trains both models, each kept under the hash of what it was made from."""

import asyncio
import hashlib
import hmac
import shutil
from datetime import datetime
from pathlib import Path

from assistant.running import fingerprint
from assistant.running.errors import TrainingFailed
from assistant.running.programs import dialogue_environment, dialogue_python
from assistant.services.tables import dataset_of
from assistant.settings import Settings
from crm.store.engine import Store
from recommender import plays
from recommender.fitting import in_time
from recommender.protection import read_protected
from recommender.registry import Registry
from recommender.release import IN_USE, Verdict, release, version_in_use
from recommender.settings import Settings as LearningSettings
from recommender.standings import Contender
from recommender.training import train

_DIALOGUE_SOURCES = (
    "config.yml",
    "domain",
    "data/nlu",
    "data/rules",
    "assistant/dialogue",
    "requirements/dialogue.txt",
)
_RECOMMENDER_SOURCES = ("crm/store/frames.py", "assistant/services/features.py")
_NOT_LEARNT_FROM = frozenset({"content", "report", "scoring", "protected.yml", "__pycache__"})
"""Parts of `recommender` that no trained model depends on: a rule edited needs no training.

Of the protected attributes the names count, wherever they are listed.
"""
_KEPT_VERSIONS = 3
_KEPT_CANDIDATES = 5
_STAMP = "made-from"


def dialogue_model_path(settings: Settings) -> Path:
    """Return where the dialogue model for the sources as they are now is kept."""
    sources = [settings.root / name for name in _DIALOGUE_SOURCES]
    return settings.dialogue_dir / f"{fingerprint.of_files(sources, settings.root)}.tar.gz"


def is_ours(model: Path, key: str) -> bool:
    """Tell whether a dialogue model was trained by this installation and not changed since.

    A model file is code to Rasa, so only what bears this installation's own seal is loaded.
    """
    seal = _seal_path(model)
    if not model.is_file() or not seal.is_file():
        return False
    return hmac.compare_digest(seal.read_text(encoding="utf-8"), _seal(model, key))


async def train_dialogue(settings: Settings, secrets: dict[str, str]) -> Path:
    """Train the dialogue model for the present sources and return its file.

    Raises
    ------
    TrainingFailed
        Rasa refused; the end of its log says why.
    """
    model = dialogue_model_path(settings)
    model.parent.mkdir(parents=True, exist_ok=True)
    log = settings.var_dir / "log" / "train-dialogue.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    work = model.with_suffix("").with_suffix(".making")
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            str(dialogue_python(settings)),
            *("-m", "rasa", "train", "--config", "config.yml", "--domain", "domain"),
            *("--data", "data/nlu", "data/rules", "--out", str(work)),
            *("--fixed-model-name", "dialogue"),
            cwd=settings.root,
            env=dialogue_environment(settings, secrets),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            process.kill()
            raise
    made = work / "dialogue.tar.gz"
    if code != 0 or not made.is_file():
        raise TrainingFailed(what="dialogue", log=log, words=_last_words(log))
    made.replace(model)
    shutil.rmtree(work, ignore_errors=True)
    _seal_path(model).write_text(_seal(model, secrets["RM_SIGNING_KEY"]), encoding="utf-8")
    _forget_old(settings.dialogue_dir)
    return model


def recommender_made_from(settings: Settings, data_fingerprint: str) -> str:
    """Return the hash of what a recommender would be trained from now.

    That is data, code, seed, and the attributes that are protected.

    Raises
    ------
    recommender.errors.PolicyBroken
        The list of protected attributes cannot be read.
    """
    parts = (settings.root / "recommender").glob("*")
    sources = [settings.root / name for name in _RECOMMENDER_SOURCES]
    sources += [part for part in parts if part.name not in _NOT_LEARNT_FROM]
    protected = ",".join(sorted(read_protected(settings.protected_file)))
    extra = (data_fingerprint, str(settings.sample_seed), protected)
    return fingerprint.of_files(sources, settings.root, *extra)


def recommender_is_current(settings: Settings, made_from: str) -> bool:
    """Tell whether the newest version was trained from exactly this."""
    versions = Registry(settings.recommender_dir).versions()
    if not versions:
        return False
    stamp = settings.recommender_dir / versions[0] / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from


def train_recommender(settings: Settings, store: Store, made_from: str, now: datetime) -> Verdict:
    """Train a recommender version on the store as it is now, and let the release rule decide."""
    today = now.astimezone(settings.zone).date()
    with store.read() as session:
        dataset = dataset_of(session, today)
    registry = Registry(settings.recommender_dir)
    selling = plays.load_plays(settings.selling_dir / "plays.yml")
    rivals: dict[str, Contender] = {"plays": lambda seen: plays.scores(selling, seen)}
    dated = in_time(dataset, LearningSettings())
    if used := version_in_use(registry, dataset.product_ids.ids, dated=dated):
        rivals[IN_USE] = used
    card = train(
        dataset,
        settings.sample_seed,
        settings.recommender_dir,
        now,
        rivals=rivals,
        protected=read_protected(settings.protected_file),
    )
    stamp = settings.recommender_dir / card.version / _STAMP
    stamp.write_text(made_from, encoding="utf-8")
    verdict = release(registry, card, now)
    registry.forget(_KEPT_CANDIDATES)
    return verdict


def _seal_path(model: Path) -> Path:
    return model.with_name(model.name + ".seal")


def _seal(model: Path, key: str) -> str:
    return hmac.new(key.encode(), model.read_bytes(), hashlib.sha256).hexdigest()


def _forget_old(folder: Path) -> None:
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[_KEPT_VERSIONS:]:
        model.unlink()
        _seal_path(model).unlink(missing_ok=True)


def _last_words(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().split("\n")[-6:])
