"""The body of an entry: four sections of Markdown under headings of its language."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import yaml

from knowledge.errors import Fault
from knowledge.language import Language
from knowledge.reading.place import Place

_HEADING = re.compile(r"##\s+(.+?)\s*#*$")
_ITEM = re.compile(r"(?:\d{1,3}[.、)）]|[-*+])\s*(.+)")


def read_body(
    text: str, language: Language, place: Place, faults: list[Fault]
) -> Mapping[str, tuple[str, ...]]:
    """Return the items (for ``notes`` the lines) of each section by its key in `headings.yml`.

    Parameters
    ----------
    place : Place
        Where the body begins.
    """
    keys = {spoken[language]: key for key, spoken in _headings().items()}
    sections: dict[str, list[str]] = {key: [] for key in _headings()}
    section: str | None = None
    for line, raw in enumerate(text.split("\n"), place.line):
        if heading := _HEADING.match(raw):
            section = keys.get(heading[1])
            if section is None:
                faults.append(place.at(line).fault(heading[1], "heading_unknown"))
                section = "notes"  # what stands under it is kept and not told again
        elif raw.strip() and not _taken(raw, section, sections):
            faults.append(place.at(line).fault(raw.strip(), "text_outside_section"))
    return {key: tuple(lines) for key, lines in sections.items()}


def _taken(raw: str, section: str | None, sections: dict[str, list[str]]) -> bool:
    """Put a line into its section; an indented line goes on with the item before it."""
    if section is None:
        return False
    lines = sections[section]
    item = _ITEM.match(raw)
    if section == "notes":
        lines.append(raw.strip())
    elif item:
        lines.append(item[1].strip())
    elif raw.startswith((" ", "\t")) and lines:
        lines[-1] += "\n" + raw.strip()
    else:
        return False
    return True


@lru_cache(maxsize=1)
def _headings() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("knowledge.reading").joinpath("headings.yml").read_text("utf-8")
    headings: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return headings
