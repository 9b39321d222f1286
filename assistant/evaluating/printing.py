"""What ``python -m assistant evaluate`` prints."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from assistant.evaluating.examples import Split
from assistant.evaluating.figures import Figures
from assistant.evaluating.measuring import Measured
from assistant.replies.templates import Language, Words

_SHOWN_TEXTS = 5
_DIGITS = 4


def as_json(data: str, splits: dict[str, Split], measured: dict[str, Measured]) -> str:
    """Return one JSON object: the figures of the test, and all methods and splits below them."""
    test = measured["test"]
    figures = _rounded(test.figures[0])
    rows = [
        {"split": name, **_rounded(row)} for name, each in measured.items() for row in each.figures
    ]
    confusions = [asdict(confusion) for confusion in test.confusions]
    return json.dumps(
        {"data": data, **_sizes(splits["test"]), **figures, "rows": rows, "confusions": confusions},
        ensure_ascii=False,
    )


def print_tables(
    console: Console,
    words: Words,
    language: Language,
    data: str,
    splits: dict[str, Split],
    measured: dict[str, Measured],
) -> None:
    """Print a table of methods a split, and what was taken for what."""
    for name, each in measured.items():
        title = words.say(language, "evaluate.title", data=f"{data} {name}", **_sizes(splits[name]))
        rows = [_rounded(row) for row in each.figures]
        table = Table("", *(str(row.pop("method")) for row in rows), title=title)
        for figure in rows[0]:
            table.add_row(figure, *(_cell(row[figure]) for row in rows))
        console.print(table)
    console.print(words.say(language, "evaluate.confusions"), markup=False)
    for confusion in measured["test"].confusions:
        texts = " · ".join(confusion.texts[:_SHOWN_TEXTS])
        line = f"{len(confusion.texts):4} {confusion.intent} → {confusion.taken_for}: {texts}"
        console.print(line, markup=False, soft_wrap=True)
    console.print(words.say(language, "evaluate.refused_note"), markup=False)


def _sizes(split: Split) -> dict[str, int]:
    intents = {example.intent for example in split.train}
    return {"train": len(split.train), "test": len(split.test), "intents": len(intents)}


def _rounded(row: Figures) -> dict[str, str | float | None]:
    return {
        name: round(value, _DIGITS) if isinstance(value, float) else value
        for name, value in asdict(row).items()
    }


def _cell(value: str | float | None) -> str:
    return "" if value is None else str(value)
