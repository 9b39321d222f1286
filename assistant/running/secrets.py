"""The installation's own secrets: from the environment, or made once and kept private."""

import os
import secrets
from pathlib import Path

from assistant.settings import Settings

_NAMES = ("RM_SIGNING_KEY", "RM_ACTION_TOKEN")
_PRIVATE = 0o600


def ensure(settings: Settings) -> dict[str, str]:
    """Return the secrets both processes are started with.

    Those the environment sets are taken as they are; the others are read from
    ``var/secrets.env``, which is made on first use and readable by its owner only.
    """
    path = settings.var_dir / "secrets.env"
    kept = _read(path)
    missing = [name for name in _NAMES if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(48) for name in missing}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=_PRIVATE)
        path.chmod(_PRIVATE)
        path.write_text("".join(f"{name}={kept[name]}\n" for name in _NAMES), encoding="utf-8")
    return {name: os.environ.get(name) or kept[name] for name in _NAMES}


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)
