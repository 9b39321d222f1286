"""Entries from Markdown files with front matter."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from knowledge.entries import Entry, EntryClientKind
from knowledge.errors import Fault
from knowledge.language import LANGUAGES, Language
from knowledge.reading.body import EVERYBODY, BodySection, read_body
from knowledge.reading.changes import read_changes
from knowledge.reading.files import read_text
from knowledge.reading.located import Located, read_yaml
from knowledge.reading.place import Place
from knowledge.reading.values import read_choice, read_period, read_whole

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_REQUIRED = ("id", "title", "department", "phone", "duration", "source")
_LISTS = ("questions", "products", "audience", "branches", "related", "services")
_TEXTS = ("decided_by", "form", "updated_by")
_OTHERS = ("client_kind", "version", "effective_from", "effective_to")
FIELDS = (*_REQUIRED, *_LISTS, *_TEXTS, *_OTHERS, "changes")


def read_entries(root: Path, faults: list[Fault]) -> tuple[Entry, ...]:
    """Read every entry of both languages, in the order of language and file name."""
    found = []
    for language in LANGUAGES:
        for path in sorted((root / language).glob("*.md")):
            entry = _read_entry(root, f"{language}/{path.name}", language, faults)
            if entry is not None:
                found.append(entry)
    return tuple(found)


def _read_entry(root: Path, name: str, language: Language, faults: list[Fault]) -> Entry | None:
    text = read_text(root, name, faults)
    if text is None:
        return None
    front = _FRONT_MATTER.match(text)
    if front is None:
        faults.append(Place(name, 1).fault(text.partition("\n")[0], "no_front_matter"))
        return None
    fields = read_yaml(front[1], Place(name, 2), faults).fields(faults)
    body_line = front[0].count("\n") + 1
    sections = read_body(text[front.end() :], language, Place(name, body_line), faults)
    entry = _entry(name, language, _complete(name, fields, faults), sections, faults)
    return replace(
        entry,
        lines=MappingProxyType({key: found.place.line for key, found in fields.items()}),
        question_lines=_question_lines(fields),
    )


def _complete(
    name: str, fields: Mapping[str, Located], faults: list[Fault]
) -> Mapping[str, Located]:
    """Return all fields, those not written as empty; unknown and empty required are faults."""
    for key in fields.keys() - set(FIELDS):
        faults.append(fields[key].place.fault(key, "field_unknown"))
    complete = {key: fields.get(key, Located(None, Place(name, 1, key))) for key in FIELDS}
    for key in _REQUIRED:
        if complete[key].node is None or not complete[key].text(faults):
            faults.append(complete[key].place.fault("", "field_missing"))
    return complete


def _entry(
    name: str,
    language: Language,
    fields: Mapping[str, Located],
    sections: Mapping[str, BodySection],
    faults: list[Fault],
) -> Entry:
    texts = {key: fields[key].text([]) for key in (*_REQUIRED, *_TEXTS)}
    bodies = {key: tuple(section.items) for key, section in sections.items()}
    lists = {key: fields[key].texts(faults) for key in _LISTS}
    placed = {key: (fields[key].text(faults), fields[key].place) for key in _OTHERS}
    kind = read_choice(placed["client_kind"], get_args(EntryClientKind.__value__), faults)
    first, last = read_period(placed["effective_from"], placed["effective_to"], faults)
    return Entry(
        entry_id=texts["id"],
        language=language,
        title=texts["title"],
        questions=lists["questions"],
        department=texts["department"],
        phone=texts["phone"],
        products=lists["products"],
        client_kind=kind or "none",
        audience=lists["audience"],
        duration=texts["duration"],
        decided_by=texts["decided_by"],
        version=read_whole(placed["version"], faults),
        effective_from=first,
        effective_to=last,
        source=texts["source"],
        steps=bodies["steps"],
        papers=bodies["papers"],
        cautions=bodies["cautions"],
        notes="\n".join(bodies["notes"]),
        file=name,
        mistakes=bodies["mistakes"],
        form=texts["form"],
        branches=lists["branches"],
        related=lists["related"],
        services=lists["services"],
        updated_by=texts["updated_by"],
        changes=read_changes(fields["changes"], faults),
        kinds=MappingProxyType(_kinds(sections)),
    )


def _kinds(sections: Mapping[str, BodySection]) -> dict[str, tuple[str, ...]]:
    """Return whose each item is, for the lists that differ by kind of client."""
    return {
        key: tuple(section.kinds)
        for key, section in sections.items()
        if set(section.kinds) - {EVERYBODY}
    }


def _question_lines(fields: Mapping[str, Located]) -> tuple[int, ...]:
    """Return the lines of the questions that are kept: empty ones are not."""
    listed = fields["questions"].items([]) if "questions" in fields else ()
    return tuple(item.place.line for item in listed if item.text([]))
