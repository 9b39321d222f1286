"""Runs the project's pipeline in Rasa's environment and measures what it understood."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from assistant.evaluating.errors import MeasuringFailed
from assistant.evaluating.examples import Split
from assistant.evaluating.figures import Confusion, Figures, confusions_of, figures_of
from assistant.running.programs import dialogue_environment, dialogue_python
from assistant.settings import Settings

_NO_SECRETS = {"RM_ACTION_TOKEN": ""}
_LAST_LINES = 6


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of each method, the pipeline's first, and the pipeline's confusions."""

    figures: tuple[Figures, ...]
    confusions: tuple[Confusion, ...]


def measure(settings: Settings, splits: Sequence[Split]) -> tuple[Measured, ...]:
    """Train once on what the splits share and judge each of them.

    Raises
    ------
    MissingInterpreter
        The dialogue environment was not built.
    MeasuringFailed
        The pipeline could not be trained; the end of its output says why.
    """
    texts = [example.text for split in splits for example in split.test]
    examples = [(example.text, example.intent) for example in splits[0].train]
    methods = _run(settings, {"examples": examples, "texts": texts})
    measured, at = [], 0
    for split in splits:
        place = slice(at, at := at + len(split.test))
        found = [method["intents"][place] for method in methods]
        figures = tuple(
            figures_of(
                method["name"],
                split.test,
                intents,
                method["training_seconds"],
                method["ms_per_message"],
            )
            for method, intents in zip(methods, found, strict=True)
        )
        measured.append(Measured(figures, confusions_of(split.test, found[0])))
    return tuple(measured)


class _Method(TypedDict):
    name: str
    intents: list[str]
    training_seconds: float
    ms_per_message: float


def _run(settings: Settings, given: dict[str, object]) -> list[_Method]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "examples.json", Path(folder) / "found.json"
        source.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        command = [str(dialogue_python(settings)), "-m", "assistant.dialogue.measure"]
        done = subprocess.run(
            [*command, str(settings.root / "config.yml"), str(source), str(target)],
            cwd=settings.root,
            env=dialogue_environment(settings, _NO_SECRETS),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            last = done.stderr.strip().splitlines()[-_LAST_LINES:]
            raise MeasuringFailed(words="\n".join(last))
        methods: list[_Method] = json.loads(target.read_text(encoding="utf-8"))
        return methods
