"""The sentences for faults, in both languages, from ``problems.yml``."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.errors import Fault
from knowledge.language import Language


def describe(fault: Fault, language: Language) -> str:
    """Return ``file:line [column] sentence`` for a fault."""
    sentence = _problems()[fault.problem][language].format(value=fault.value)
    column = f" [{fault.column}]" if fault.column else ""
    return f"{fault.file}:{fault.line}{column} {sentence}"


def problem_codes() -> frozenset[str]:
    """Return every problem that has a sentence."""
    return frozenset(_problems())


@lru_cache(maxsize=1)
def _problems() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("knowledge").joinpath("problems.yml").read_text("utf-8")
    problems: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return problems
