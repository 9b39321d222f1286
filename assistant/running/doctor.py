"""Says what is wrong with an installation, one line a part."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx

from assistant.running import training
from assistant.running.errors import StartError
from assistant.running.programs import dialogue_python
from assistant.running.progress import Progress
from assistant.running.secrets import ensure
from assistant.running.supervisor import require_free
from assistant.settings import Settings
from crm.errors import StoreError, StoreNotMigrated
from crm.products import list_products
from crm.store import imports, migrate
from crm.store.engine import create_store
from crm.store.session import Session
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from recommender.errors import RecommenderError
from recommender.registry import Registry

_NEEDED_BYTES = 300 * 1024**2


class Unwell(Exception):
    """A part of the installation is not as it must be; the message says what to do."""


def examine(settings: Settings, progress: Progress) -> int:
    """Check every part and tell each; return how many are not well."""
    unwell = 0
    for name, check in _CHECKS.items():
        what = progress.sentence(f"check_{name}")
        try:
            check(settings)
        except (Unwell, StartError, StoreError, KnowledgeError, RecommenderError) as fault:
            unwell += 1
            progress.warn("doctor_bad", what=what, why=_why(progress, fault))
        else:
            progress.say("doctor_ok", what=what)
    return unwell


def _why(progress: Progress, fault: Exception) -> str:
    if isinstance(fault, StartError):
        return progress.sentence(fault.key, **fault.values)
    return str(fault)


def _dialogue_environment(settings: Settings) -> None:
    python = dialogue_python(settings)
    finished = subprocess.run(
        [str(python), "-c", "import importlib.metadata as m; print(m.version('rasa'))"],
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode != 0:
        raise Unwell("make install")


def _disk(settings: Settings) -> None:
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    if not os.access(settings.var_dir, os.W_OK):
        raise Unwell(f"{settings.var_dir}: chmod u+w")
    if shutil.disk_usage(settings.var_dir).free < _NEEDED_BYTES:
        raise Unwell(f"{settings.var_dir}: < 300 MB")


def _store(settings: Settings) -> None:
    if not migrate.check(settings.store_url):
        raise StoreNotMigrated


def _data(settings: Settings) -> None:
    with _opened(settings) as session:
        if not imports.import_runs(session):
            raise Unwell("python -m crm import DIR")


@contextmanager
def _opened(settings: Settings) -> Iterator[Session]:
    store = create_store(settings.store_url)
    try:
        with store.read() as session:
            yield session
    finally:
        store.close()


def _content(settings: Settings) -> None:
    Library.load(settings.content_dir, datetime.now(UTC).astimezone(settings.zone).date())


def _recommender(settings: Settings) -> None:
    registry = Registry(settings.recommender_dir)
    known = registry.in_use()
    if known is None:
        raise Unwell("python -m assistant models list" if registry.versions() else "make train")
    with _opened(settings) as session:
        registry.load(known.version, {product.product_id for product in list_products(session)})


def _dialogue_model(settings: Settings) -> None:
    model = training.dialogue_model_path(settings)
    if not training.is_ours(model, ensure(settings)["RM_SIGNING_KEY"]):
        raise Unwell("make train")


def _running(settings: Settings) -> None:
    """Expect a running assistant to be healthy, and free ports where none runs."""
    try:
        state = httpx.get(f"{settings.service_url}/health", timeout=3.0)
    except httpx.HTTPError:
        for port in (settings.port, settings.dialogue_port):
            require_free(settings.host, port)
        return
    if state.status_code != httpx.codes.OK:
        raise Unwell(state.text)


_CHECKS: dict[str, Callable[[Settings], None]] = {
    "dialogue_environment": _dialogue_environment,
    "disk": _disk,
    "store": _store,
    "data": _data,
    "content": _content,
    "recommender": _recommender,
    "dialogue_model": _dialogue_model,
    "running": _running,
}
