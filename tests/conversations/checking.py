"""Whether a reply is what a case expects; every fault is told with what came back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.conversations.people import fill
from tests.conversations.script import Expectation, Language
from tests.support.chat import Reply, Table

_CHINESE = re.compile("[\u3400-\u9fff]+")
_CLIENT = re.compile(r"\bC\d{6}\b")
_SPILLED = ("Traceback", r"\{\{", "Undefined", "None(?! of)", "nan", "action_", "KeyError")
_TOTALS = ("合计", "Sum")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a turn did: the reply or the refusal, and the rows it added to the store."""

    said: str
    reply: Reply | None
    refused: str | None
    audit: tuple[str, ...]
    requests: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reply is judged against besides its expectation."""

    language: Language
    names: Mapping[str, str]
    visible: frozenset[str]
    visible_names: str
    before: Sequence[Heard]


def faults(expected: Expectation, heard: Heard, around: Surroundings) -> list[str]:
    """Return everything in which a turn is not as expected."""
    if expected.refused is not None or heard.reply is None:
        return _differs("refused", expected.refused, heard.refused)
    return [
        *_text(expected, heard.reply, around),
        *_language(expected, heard, heard.reply, around),
        *_blocks(expected, heard.reply, around),
        *_table(expected, heard.reply),
        *(_sums(heard.reply.tables) if expected.sums else ()),
        *(_own_clients(heard.reply, around) if expected.own_clients else ()),
        *_rows(expected, heard, around),
        *_same(expected, heard.reply, around),
    ]


def _text(expected: Expectation, reply: Reply, around: Surroundings) -> Iterator[str]:
    text = f"{reply.text}\n{' '.join(b.title for b in reply.buttons)}"
    for piece in expected.contains:
        choices = [fill(p, around.names) for p in ((piece,) if isinstance(piece, str) else piece)]
        if not any(choice in text for choice in choices):
            yield f"lacks {' / '.join(choices)}"
    for piece in expected.lacks:
        if fill(piece, around.names) in text:
            yield f"contains {fill(piece, around.names)}"
    yield from (f"spills {word}" for word in _SPILLED if re.search(rf"(?<!\w){word}(?!\w)", text))
    yield from _differs("failed", expected.failed, reply.failed)


def _language(
    expected: Expectation, heard: Heard, reply: Reply, around: Surroundings
) -> Iterator[str]:
    language = expected.language or around.language
    yield from _differs("language", language, reply.language)
    if language == "en":
        allowed = heard.said + around.visible_names + "".join(around.names.values())
        mixed = [piece for piece in _CHINESE.findall(reply.text) if piece not in allowed]
        if mixed:
            yield f"Chinese in an English reply: {mixed[:5]}"


def _blocks(expected: Expectation, reply: Reply, around: Surroundings) -> Iterator[str]:
    for kind in expected.blocks:
        if not reply.of_type(kind):
            yield f"has no {kind}"
    for kind in expected.lacks_blocks:
        if reply.of_type(kind):
            yield f"has a {kind}"
    if expected.figure is not None:
        values = [block["value"] for block in reply.of_type("figure")]
        yield from _differs("figure", [expected.figure], values)
    titles = [button.title for button in reply.buttons]
    for part in (fill(piece, around.names) for piece in expected.buttons):
        found = next((title for title in titles if part in title), None)
        if found is None:
            yield f"has no button {part!r} among {titles}"
        else:
            titles.remove(found)


def _table(expected: Expectation, reply: Reply) -> Iterator[str]:
    if expected.columns is None and expected.rows is None:
        return
    if not reply.tables:
        yield "has no table"
        return
    table = reply.tables[0]
    if expected.columns is not None:
        yield from _differs("columns", expected.columns, len(table.columns))
    if expected.rows is not None and len(table.rows) < expected.rows:
        yield f"only {len(table.rows)} rows"


def _sums(tables: Sequence[Table]) -> Iterator[str]:
    ending = [table for table in tables if table.rows[-1][0].startswith(_TOTALS)]
    if not ending:
        yield "has no table that ends in a total"
    for table in ending:
        *parts, total = [Decimal(row[-1]) for row in table.rows]
        if sum(parts) != total:
            yield f"rows add up to {sum(parts)}, the total says {total}"


def _own_clients(reply: Reply, around: Surroundings) -> Iterator[str]:
    shown = set(_CLIENT.findall(reply.text))
    if not shown:
        yield "shows no client"
    if foreign := shown - around.visible:
        yield f"shows clients that are not the asker's: {sorted(foreign)}"


def _rows(expected: Expectation, heard: Heard, around: Surroundings) -> Iterator[str]:
    if expected.audit is not None:
        rows = tuple(fill(row, around.names) for row in expected.audit)
        yield from _differs("audit", rows, heard.audit)
    if expected.requests is not None:
        yield from _differs("requests", expected.requests, heard.requests)


def _same(expected: Expectation, reply: Reply, around: Surroundings) -> Iterator[str]:
    if expected.same_as is None:
        return
    before = around.before[expected.same_as - 1].reply
    assert before is not None, "the turn compared with was refused"
    yield from _differs("words", _unnamed(before, around), _unnamed(reply, around))


def _unnamed(reply: Reply, around: Surroundings) -> tuple[str, list[str]]:
    text = reply.text
    for name in sorted(around.names.values(), key=len, reverse=True):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text, [block["type"] for block in reply.blocks]


def _differs(what: str, expected: object, got: object) -> list[str]:
    return [] if expected == got else [f"{what}: {got!r} instead of {expected!r}"]
