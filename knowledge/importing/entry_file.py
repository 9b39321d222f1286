"""The Markdown file of an entry, from what a document says and what stood there before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from knowledge.entries import Change, Entry
from knowledge.importing.cells import cell_text
from knowledge.importing.document import ReadEntry
from knowledge.importing.words import folded, load_words
from knowledge.language import Language
from knowledge.reading.body import heading_words, kind_words

_LISTS = ("products", "audience", "branches", "related", "services")
_TEXTS = (
    *("id", "title", "department", "phone", "client_kind", "duration", "decided_by", "form"),
    *("effective_from", "effective_to", "source"),
)
_SECTIONS = ("steps", "papers", "cautions", "mistakes", "notes")
_KINDS = ("both", "corporate", "personal")
_COMMAS = str.maketrans({"\N{FULLWIDTH COMMA}": ",", "\N{IDEOGRAPHIC COMMA}": ",", ";": ","})


@dataclass(frozen=True, slots=True)
class Import:
    """Who imports, and on which day."""

    by: str
    on: date


def entry_markdown(read: ReadEntry, before: Entry | None, made: Import) -> str:
    """Return the file: what the document says, and for fields it does not name what was there."""
    version = _version(read, before)
    front = dict(_front(read, before))
    front["version"] = str(version)
    lines = [_pair(name, front.get(name, "")) for name in _TEXTS[:2]]
    lines += ["questions:", *(f"  - {_scalar(q)}" for q in _questions(read, before))]
    lines += [_pair(name, front.get(name, "")) for name in _TEXTS[2:]]
    lines.append(f"version: {front['version']}")
    lines += [f"{name}: [{', '.join(map(_scalar, _list(read, before, name)))}]" for name in _LISTS]
    lines += [_pair("updated_by", made.by), "changes:"]
    lines += [f"  - {_change(change)}" for change in _changes(read, before, made, version)]
    body = [line for section in _SECTIONS for line in _section(read, before, section)]
    return "\n".join(["---", *lines, "---", *body]) + "\n"


def _version(read: ReadEntry, before: Entry | None) -> str | int:
    written = read.fields.get("version", "")
    if written:
        return written
    return 1 if before is None else before.version + 1


def _front(read: ReadEntry, before: Entry | None) -> Iterator[tuple[str, str]]:
    kinds: Mapping[str, str] = load_words("entry_words")["client_kind"]
    dates: Sequence[str] = load_words("tariff_words")["open"]
    for name in _TEXTS:
        value = read.fields.get(name)
        if value is None:
            yield name, _kept(before, name)
        elif name == "client_kind":
            yield name, kinds.get(folded(value), value)
        elif name == "effective_to" and value in dates:
            yield name, ""
        elif name.startswith("effective"):
            yield name, _iso(value)
        else:
            yield name, value


def _kept(before: Entry | None, name: str) -> str:
    if before is None:
        return ""
    if name == "id":
        return before.entry_id
    return str(getattr(before, name) or "")


def _iso(value: str) -> str:
    return cell_text("effective_from", value, percent=False)


def _questions(read: ReadEntry, before: Entry | None) -> Sequence[str]:
    return read.questions or (before.questions if before else ())


def _list(read: ReadEntry, before: Entry | None, name: str) -> Sequence[str]:
    if name not in read.fields:
        return getattr(before, name) if before else ()
    parts = read.fields[name].translate(_COMMAS).replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _changes(
    read: ReadEntry, before: Entry | None, made: Import, version: str | int
) -> list[Change]:
    kept = list(before.changes) if before else []
    if not str(version).isdigit():
        return kept
    what = read.fields.get("what") or _imported(read.language, read.file)
    new = Change(int(version), _since(read, made), made.by, what)
    return [new, *(change for change in kept if change.version != new.version)]


def _since(read: ReadEntry, made: Import) -> date:
    try:
        return date.fromisoformat(_iso(read.fields.get("effective_from", "")))
    except ValueError:
        return made.on


def _imported(language: Language, file: str) -> str:
    return str(load_words("entry_words")["imported"][language]).format(file=file)


def _change(change: Change) -> str:
    said = {
        "version": str(change.version),
        "on": change.on.isoformat(),
        "by": _scalar(change.by),
        "what": _scalar(change.what),
    }
    return "{" + ", ".join(f"{name}: {value}" for name, value in said.items()) + "}"


def _section(read: ReadEntry, before: Entry | None, section: str) -> Iterator[str]:
    """Yield a section for everybody, then for each kind of client that has its own."""
    said = {kind: read.sections.get((section, kind), []) for kind in _KINDS}
    if not any(said.values()) and before is not None and section not in read.blocks:
        said = {kind: list(_kept_items(before, section, kind)) for kind in _KINDS}
    word = heading_words()[section][read.language]
    for kind, items in said.items():
        if not items:
            continue
        named = "" if kind == "both" else kind_words()[kind][read.language]
        brackets = "（{}）" if read.language == "zh" else " ({})"
        yield f"## {word}{brackets.format(named) if named else ''}"
        for number, item in enumerate(items, 1):
            mark = f"{number}. " if section == "steps" else "" if section == "notes" else "- "
            yield mark + item.replace("\n", "\n  ")


def _kept_items(before: Entry, section: str, kind: str) -> Sequence[str]:
    if section == "notes":
        return before.notes.split("\n") if kind == "both" and before.notes else ()
    return before.items(section, kind)  # type: ignore[arg-type]  # the four lists


def _pair(name: str, value: str) -> str:
    return f"{name}: {_scalar(value)}" if value else f"{name}:"


def _scalar(value: str) -> str:
    """Return a value as YAML writes it on one line."""
    written = yaml.safe_dump(
        " ".join(value.split()), allow_unicode=True, width=10_000, default_flow_style=True
    )
    plain = written.removesuffix("...\n").strip()
    quoted = plain[:1] in "'\"" or not set(plain) & set(",[]{}")
    return plain if quoted else "'" + plain.replace("'", "''") + "'"
