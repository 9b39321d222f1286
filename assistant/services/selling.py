"""The business's selling rules: what may be offered, how it is done, and what it is worth."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from recommender.gate_rules import GateRules, load_rules
from recommender.plays import Play, load_plays
from recommender.values import Values, load_values


@dataclass(frozen=True, slots=True)
class Selling:
    """Rules of the gate, plays and values, each read from its file."""

    gate: GateRules
    plays: tuple[Play, ...]
    values: Values

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read ``gate.yml``, ``plays.yml`` and ``values.yml`` of a folder.

        Raises
        ------
        recommender.errors.RulesRefused
            A file does not hold together; the message names every fault with its line.
        """
        return cls(
            load_rules(folder / "gate.yml"),
            load_plays(folder / "plays.yml"),
            load_values(folder / "values.yml"),
        )
