"""``python -m recommender.check [FOLDER]`` tells whether the selling rules are sound."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from recommender.errors import RulesRefused
from recommender.gate_rules import load_rules
from recommender.plays import load_plays
from recommender.values import load_values

BAD_INPUT = 2
CONTENT = Path(__file__).with_name("content")
_FILES = {"gate.yml": load_rules, "plays.yml": load_plays, "values.yml": load_values}


def check(
    folder: Annotated[Path, typer.Argument(help="Holds the three files.")] = CONTENT,
) -> None:
    """Read the gate, the plays and the values, and tell every fault by file and line."""
    console = Console(soft_wrap=True, markup=False, highlight=False)
    faults = [str(fault) for name in _FILES for fault in _faults(folder, name)]
    for fault in faults:
        console.print(fault)
    if faults:
        console.print(f"{len(faults)} faults; the rules in use stay as they are")
        raise typer.Exit(BAD_INPUT)
    console.print(f"{', '.join(_FILES)}: sound")


def _faults(folder: Path, name: str) -> tuple[object, ...]:
    try:
        _FILES[name](folder / name)
    except RulesRefused as refused:
        return refused.faults
    return ()


if __name__ == "__main__":
    typer.run(check)
