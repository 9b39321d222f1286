"""The two programs of an installation and the environment each is given."""

import os
import sys
from pathlib import Path

import httpx

from assistant.running.children import Program
from assistant.running.errors import MissingInterpreter
from assistant.settings import Settings

_NOT_FOR_DIALOGUE = ("RM_SIGNING_KEY", "RM_PORTAL_KEY", "DATABASE_URL")
DIALOGUE_START_SECONDS = 120.0
SERVICE_START_SECONDS = 60.0


def dialogue_python(settings: Settings) -> Path:
    """Return the interpreter that Rasa runs on.

    Raises
    ------
    MissingInterpreter
        The dialogue environment was not built.
    """
    path = settings.root / ".venv-dialogue" / "bin" / "python"
    if not path.exists():
        raise MissingInterpreter(path)
    return path


def dialogue_environment(settings: Settings, secrets: dict[str, str]) -> dict[str, str]:
    """Return the environment of the dialogue: no key but that of the action endpoint."""
    kept = {k: v for k, v in os.environ.items() if k not in _NOT_FOR_DIALOGUE}
    return kept | {
        "PYTHONPATH": str(settings.root),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1",
        "LOG_LEVEL": "WARNING",
        "RM_ACTION_URL": f"{settings.service_url}/internal/actions",
        "RM_ACTION_TOKEN": secrets["RM_ACTION_TOKEN"],
        "RM_TRACKER_URL": f"sqlite:///{settings.var_dir / 'trackers.db'}",
    }


def dialogue_program(settings: Settings, secrets: dict[str, str], model: Path) -> Program:
    """Return how Rasa is started: its REST channel alone, on loopback."""
    command = (
        str(dialogue_python(settings)),
        *("-m", "rasa", "run", "--model", str(model)),
        *("--interface", "127.0.0.1", "--port", str(settings.dialogue_port)),
        *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
    )
    return Program(
        name="dialogue",
        command=command,
        environment=dialogue_environment(settings, secrets),
        folder=settings.root,
        log=settings.var_dir / "log" / "dialogue.log",
        healthy=lambda: answers(f"{settings.dialogue_url}/webhooks/rest/"),
        start_seconds=DIALOGUE_START_SECONDS,
    )


def service_program(settings: Settings, secrets: dict[str, str]) -> Program:
    """Return how the service is started."""
    return Program(
        name="service",
        command=(sys.executable, "-m", "assistant", "serve"),
        environment=dict(os.environ) | secrets,
        folder=settings.root,
        log=settings.var_dir / "log" / "service.log",
        healthy=lambda: answers(f"{settings.service_url}/health/live"),
        start_seconds=SERVICE_START_SECONDS,
    )


async def answers(url: str) -> bool:
    """Tell whether an address answers with 200."""
    try:
        async with httpx.AsyncClient(timeout=2.0) as client:
            return (await client.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
