"""The body of an entry: sections of Markdown under headings of its language.

A heading may name a kind of client in brackets; its items are then for that kind only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.errors import Fault
from knowledge.language import Language
from knowledge.reading.place import Place

EVERYBODY = "both"
_HEADING = re.compile(r"##\s+(.+?)\s*#*$")
_KIND = re.compile(r"(.+?)\s*[(（](.+?)[)）]")
_ITEM = re.compile(r"(?:\d{1,3}[.、)）]|[-*+])\s*(.+)")

type Words = Mapping[str, Mapping[Language, str]]


@dataclass(slots=True)
class BodySection:
    """The items of a section (for ``notes`` its lines), and whose each item is."""

    items: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def read_body(
    text: str, language: Language, place: Place, faults: list[Fault]
) -> Mapping[str, BodySection]:
    """Return each section by its key in `headings.yml`.

    Parameters
    ----------
    place : Place
        Where the body begins.
    """
    sections = {key: BodySection() for key in heading_words()}
    section: str | None = None
    kind = EVERYBODY
    for line, raw in enumerate(text.split("\n"), place.line):
        if heading := _HEADING.match(raw):
            found = _meaning(heading[1], language)
            if found is None:
                faults.append(place.at(line).fault(heading[1], "heading_unknown"))
                found = ("notes", EVERYBODY)  # what stands under it is kept and not told again
            section, kind = found
        elif raw.strip() and not _taken(raw, section, kind, sections):
            faults.append(place.at(line).fault(raw.strip(), "text_outside_section"))
    return sections


def _meaning(heading: str, language: Language) -> tuple[str, str] | None:
    """Return the section a heading begins and the kind of client it is for."""
    keys = {spoken[language]: key for key, spoken in heading_words().items()}
    if heading in keys:
        return keys[heading], EVERYBODY
    kinds = {spoken[language]: kind for kind, spoken in kind_words().items()}
    named = _KIND.fullmatch(heading)
    if named and named[1] in keys and named[2] in kinds and keys[named[1]] != "notes":
        return keys[named[1]], kinds[named[2]]
    return None


def _taken(raw: str, section: str | None, kind: str, sections: Mapping[str, BodySection]) -> bool:
    """Put a line into its section; an indented line goes on with the item before it."""
    if section is None:
        return False
    into = sections[section]
    item = _ITEM.match(raw)
    if section == "notes":
        into.items.append(raw.strip())
    elif item:
        into.items.append(item[1].strip())
        into.kinds.append(kind)
    elif raw.startswith((" ", "\t")) and into.items:
        into.items[-1] += "\n" + raw.strip()
    else:
        return False
    return True


@lru_cache(maxsize=1)
def heading_words() -> Words:
    """Return the words of each section's heading."""
    return _words("headings.yml")


@lru_cache(maxsize=1)
def kind_words() -> Words:
    """Return what stands in brackets for each kind of client."""
    return _words("kinds.yml")


def _words(name: str) -> Words:
    text = resources.files("knowledge.reading").joinpath(name).read_text("utf-8")
    words: Words = yaml.safe_load(text)
    return words
