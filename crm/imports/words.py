"""The sentences of the import, in the reader's language."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

from crm.imports.faults import Fault

_ALL_SHOWN = 1_000
_SHOWN_EACH = 20


class Language(StrEnum):
    """A language the import speaks."""

    ZH = "zh"
    EN = "en"


def say(key: str, language: Language, **values: object) -> str:
    """Return the sentence of a key, filled in."""
    return _sentences()[key][language].format(**values)


def fault_lines(faults: Sequence[Fault], language: Language) -> Iterator[str]:
    """Yield one line a fault: `file:line: column: value: what is wrong and what to do`.

    Beyond a thousand faults, those of one kind in one column are shown twenty at a time, with
    the number of the others.
    """
    if len(faults) <= _ALL_SHOWN:
        yield from (_line(fault, language) for fault in faults)
        return
    for _, group in groupby(sorted(faults, key=_kind), key=_kind):
        alike = list(group)
        yield from (_line(fault, language) for fault in alike[:_SHOWN_EACH])
        if len(alike) > _SHOWN_EACH:
            last = alike[-1]
            more = say("more_alike", language, count=len(alike) - _SHOWN_EACH)
            yield f"{last.file}: {last.column}: {more}"


def _kind(fault: Fault) -> tuple[str, str, str]:
    return fault.file, fault.column, fault.code


def _line(fault: Fault, language: Language) -> str:
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    sentence = say(fault.code, language, **fault.detail)
    return ": ".join(part for part in (place, fault.column, fault.value, sentence) if part)


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).with_name("words.yaml")
    sentences: Mapping[str, Mapping[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return sentences
