"""An entry from a Word document: fields in a table or in first lines, sections under headings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.errors import Fault
from knowledge.importing.words import folded, load_words
from knowledge.language import LANGUAGES, Language
from knowledge.reading.place import Place

SUFFIXES = frozenset({".docx"})
_WORDS = "entry_words"
_FIELD = re.compile(r"(.{1,20}?)\s*[:\N{FULLWIDTH COLON}]\s*(.*)", re.DOTALL)
_IN_BRACKETS = re.compile(r"(.+?)\s*[(（](.+?)[)）]")

type SectionKey = tuple[str, str]
"""A section and for which kind of client: ``both``, ``corporate`` or ``personal``."""


@dataclass(slots=True)
class ReadEntry:
    """What a document says of an entry.

    Attributes
    ----------
    fields : dict of str to str
        By field of the front matter.
    blocks : dict of str to int
        The number of the paragraph or table, from 1, in which a field or section stands.
    labels : dict of str to str
        How the document names each field or section.
    """

    file: str
    language: Language
    fields: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    sections: dict[SectionKey, list[str]] = field(default_factory=dict)
    blocks: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def place(self, name: str = "") -> Place:
        """Return where a field or a section stands."""
        return Place(self.file, self.blocks.get(name, 0), self.labels.get(name, name))


def read_document(path: Path, faults: list[Fault]) -> ReadEntry | None:
    """Read one document; None with a fault where it is none."""
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as unreadable:
        faults.append(Place(path.name).fault(str(unreadable), "document_broken"))
        return None
    blocks = list(document.iter_inner_content())
    reader = _Reader(ReadEntry(path.name, _language(blocks)), faults)
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Table):
            reader.table(number, block)
        elif block.text.strip():
            reader.paragraph(number, block)
    return reader.entry


class _Reader:
    """Goes through a document from top to bottom."""

    def __init__(self, entry: ReadEntry, faults: list[Fault]) -> None:
        self.entry = entry
        self._faults = faults
        self._section: SectionKey | None = None

    def paragraph(self, number: int, paragraph: Paragraph) -> None:
        text = paragraph.text.strip()
        style = _style(paragraph)
        titles = style == "Title" or (style == "Heading 1" and "title" not in self.entry.fields)
        if titles and self._meant(text) is None:
            self._set("title", text, number, "")
            return
        if self._heads(number, paragraph, text):
            return
        if self._section is None:
            self._first_line(number, text)
        else:
            self._item(text)

    def table(self, number: int, table: Table) -> None:
        rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
        if self._section is None:
            for row in rows:
                self._field(number, row[0], " ".join(dict.fromkeys(row[1:])) if row[1:] else "")
            return
        heads = load_words(_WORDS)["table_heads"]
        for row in rows:
            cells = list(dict.fromkeys(cell for cell in row if cell))
            if cells and not all(folded(cell) in heads for cell in cells):
                told = cells[1:] if len(cells) > 1 and _numbers(cells[0]) else cells
                self._item(str(load_words(_WORDS)["joint"][self.entry.language]).join(told))

    def _heads(self, number: int, paragraph: Paragraph, text: str) -> bool:
        """Begin a section where a paragraph is its heading."""
        looks_so = _style(paragraph).startswith("Heading") or _bold(paragraph)
        meant = self._meant(text)
        if meant is None:
            if _style(paragraph).startswith("Heading"):
                self._faults.append(Place(self.entry.file, number).fault(text, "heading_unknown"))
                self._section = ("notes", "both")
                return True
            return False
        if not looks_so and not text.endswith((":", "\N{FULLWIDTH COLON}")):
            return False
        self._section = meant
        self.entry.sections.setdefault(meant, [])
        self.entry.blocks.setdefault(meant[0], number)
        self.entry.labels.setdefault(meant[0], text)
        return True

    def _meant(self, text: str) -> SectionKey | None:
        words, language = load_words(_WORDS), self.entry.language
        bare = folded(text)
        if bare in words["questions"][language]:
            return ("questions", "both")
        sections = _meanings(words["sections"], language)
        if bare in sections:
            return (sections[bare], "both")
        bracketed = _IN_BRACKETS.fullmatch(bare)
        kinds = _meanings(words["kinds"], language)
        if bracketed and bracketed[1].strip() in sections and bracketed[2].strip() in kinds:
            return (sections[bracketed[1].strip()], kinds[bracketed[2].strip()])
        return None

    def _first_line(self, number: int, text: str) -> None:
        found = _FIELD.fullmatch(text)
        if found is None or not self._field(number, found[1], found[2]):
            self._faults.append(Place(self.entry.file, number).fault(text, "text_outside_section"))

    def _field(self, number: int, label: str, value: str) -> bool:
        words = load_words(_WORDS)
        name = _meanings(words["fields"], self.entry.language).get(folded(label))
        if name is None and folded(label) in words["questions"][self.entry.language]:
            self.entry.questions += [line.strip() for line in value.split("\n") if line.strip()]
            return True
        if name is None:
            if value:
                place = Place(self.entry.file, number, label)
                self._faults.append(place.fault(label, "field_unknown"))
            return bool(value)
        self._set(name, value, number, label)
        return True

    def _set(self, name: str, value: str, number: int, label: str) -> None:
        self.entry.fields[name] = value.strip()
        self.entry.blocks[name] = number
        self.entry.labels[name] = label or name

    def _item(self, text: str) -> None:
        marked = re.compile(load_words(_WORDS)["numbering"]).match(text)
        item = " ".join(text[marked.end() :].split() if marked else text.split())
        assert self._section is not None  # noqa: S101  # the callers looked
        if self._section[0] == "questions":
            self.entry.questions.append(item)
        else:
            self.entry.sections.setdefault(self._section, []).append(item)


def _language(blocks: list[Paragraph | Table]) -> Language:
    """Return the language whose words for fields and sections a document uses more."""
    said = {folded(text) for block in blocks for text in _texts(block)}
    said |= {folded(text.split(":")[0].split("\N{FULLWIDTH COLON}")[0]) for text in said}
    words = load_words(_WORDS)

    def known(language: Language) -> int:
        fields = _meanings(words["fields"], language)
        sections = _meanings(words["sections"], language)
        return len(said & {*fields, *sections, *words["questions"][language]})

    return max(LANGUAGES, key=known)


def _texts(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (row.cells[0].text for row in block.rows)
    else:
        yield block.text


def _meanings(
    words: Mapping[str, Mapping[Language, list[str]]], language: Language
) -> dict[str, str]:
    return {folded(word): key for key, said in words.items() for word in said[language]}


def _numbers(cell: str) -> bool:
    return cell.rstrip(".)\N{IDEOGRAPHIC COMMA}").isdigit()


def _style(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)
