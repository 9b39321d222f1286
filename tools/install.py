"""Build both environments from the hash-locked requirement files.

Runs on any Python 3.8+ with nothing installed: it brings its own uv, which finds or fetches the
two interpreters named in ``.python-version``. Nothing is done twice: an environment is kept as
long as the lock file it was made from has not changed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / ".tools" / "uv"
UV = UV_HOME / "bin" / "uv"
SERVICE = (".venv", "3.12", ("service.txt",))
DEVELOPMENT = (".venv", "3.12", ("service.txt", "dev.txt"))
DIALOGUE = (".venv-dialogue", "3.10", ("dialogue.txt",))
NEEDED_BYTES = 5 * 1024**3

ADVICE = (
    (
        "No space left on device",
        "The disk is full: free about 5 GB and run the same command again.",
    ),
    (
        "No interpreter found",
        "Python {version} was not found and could not be fetched: install it"
        " (for example with pyenv) and run the same command again.",
    ),
    (
        "No download found",
        "Python {version} was not found and could not be fetched: install it"
        " (for example with pyenv) and run the same command again.",
    ),
    (
        "Hash mismatch",
        "A package differs from the one that was locked: check the package registry"
        " you install from.",
    ),
    (
        "ensurepip is not available",
        "This Python has no venv module: install it (on Debian:"
        " apt-get install python3-venv) and run the same command again.",
    ),
    (
        "Failed to fetch",
        "The package registry could not be reached: check the network, or name the"
        " bank's own registry in PIP_INDEX_URL.",
    ),
    (
        "No matching distribution",
        "The package registry could not be reached or lacks a package:"
        " name the bank's own registry in PIP_INDEX_URL.",
    ),
)


class InstallFailed(Exception):
    """An environment could not be built; the message says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    arguments = parser.parse_args()
    try:
        install(DEVELOPMENT if arguments.dev else SERVICE)
        install(DIALOGUE)
    except InstallFailed as failed:
        print(f"install: {failed}", file=sys.stderr)
        return 1
    return 0


def install(environment: "tuple[str, str, tuple[str, ...]]") -> None:
    """Make one environment, unless it stands already for the same lock."""
    name, version, locks = environment
    folder = ROOT / name
    stamp = folder / ".made-from"
    made_from = "\n".join(f"{lock} {digest(ROOT / 'requirements' / lock)}" for lock in locks)
    if stamp.is_file() and set(made_from.split("\n")) <= set(stamp.read_text().split("\n")):
        return
    started = time.monotonic()
    say(f"building {name} (Python {version}) from {', '.join(locks)} …")
    check_space()
    bring_uv()
    if not (folder / "bin" / "python").exists():
        run([str(UV), "venv", "--quiet", "--python", version, str(folder)], version)
    requirements = [part for lock in locks for part in ("-r", f"requirements/{lock}")]
    python = str(folder / "bin" / "python")
    run(
        [
            str(UV),
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "--compile-bytecode",
            *requirements,
        ],
        version,
    )
    stamp.write_text(made_from, encoding="utf-8")
    say(f"{name} is ready ({time.monotonic() - started:.0f} s)")


def bring_uv() -> None:
    """Install uv into a folder of its own."""
    if UV.exists():
        return
    say("fetching uv …")
    shutil.rmtree(UV_HOME, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(UV_HOME)])
    run(
        [
            str(UV_HOME / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            "requirements/uv.txt",
        ]
    )


def check_space() -> None:
    """Refuse to begin what the disk cannot hold."""
    free = shutil.disk_usage(str(ROOT)).free
    if free < NEEDED_BYTES:
        raise InstallFailed(
            f"The disk has {free / 1024**3:.1f} GB free and about 5 GB are needed: free some and"
            " run the same command again."
        )


def run(command: "list[str]", version: str = "") -> None:
    """Run a command; turn its failure into one sentence, with its own last words below."""
    finished = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    if finished.returncode == 0:
        return
    output = finished.stdout + finished.stderr
    last_words = "\n".join(output.strip().split("\n")[-5:])
    for sign, advice in ADVICE:
        if sign in output:
            raise InstallFailed(f"{advice.format(version=version)}\n{last_words}")
    raise InstallFailed(f"{' '.join(command[:3])} failed:\n{last_words}")


def environment() -> "dict[str, str]":
    """Return the environment for uv: it follows the registry that pip was told of."""
    settings = dict(os.environ)
    if "PIP_INDEX_URL" in settings:
        settings.setdefault("UV_DEFAULT_INDEX", settings["PIP_INDEX_URL"])
    return settings


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def say(text: str) -> None:
    """Print a line of progress at once."""
    print(f"install: {text}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
