"""Empty forms for the business: a workbook for the tariff, a document for an entry."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from knowledge.importing.tariff_sheet import COLUMNS
from knowledge.importing.words import load_words
from knowledge.language import Language

_ROWS = 500
_WIDTH = 16


def write_templates(folder: Path, language: Language) -> tuple[Path, Path]:
    """Write both forms in a language and return their paths; existing files are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    words = load_words("templates")[language]
    workbook, document = folder / words["workbook"], folder / words["document"]
    _write_workbook(workbook, words, language)
    _write_document(document, words, language)
    return workbook, document


def _write_workbook(path: Path, words: Mapping[str, Any], language: Language) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = words["sheet"]
    headings = [_heading(column, language) for column in COLUMNS]
    sheet.append(headings)
    for example in words["rows"]:
        sheet.append([example.get(column) for column in COLUMNS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBEA")
    sheet.freeze_panes = "B2"
    for at, column in enumerate(COLUMNS, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDTH
        if choices := words["choices"].get(column):
            offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"')
            sheet.add_data_validation(offered)
            offered.add(f"{letter}2:{letter}{_ROWS}")
        if column.startswith("effective"):
            for row in range(2, _ROWS):
                sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
    explained = book.create_sheet(words["explained"])
    for line in words["explanation"]:
        explained.append([line])
    explained.column_dimensions["A"].width = 100
    book.save(path)


def _heading(column: str, language: Language) -> str:
    headers: Mapping[str, Sequence[str]] = load_words("tariff_words")["headers"]
    chosen: Mapping[str, str] = load_words("templates")[language]["headings"]
    return chosen.get(column) or next(iter(headers.get(column, ())), column)


def _write_document(path: Path, words: Mapping[str, Any], language: Language) -> None:
    document = Document()
    document.add_paragraph(words["title"], style="Title")
    fields: Mapping[str, str] = words["fields"]
    names = load_words("entry_words")
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for field, example in fields.items():
        cells = table.add_row().cells
        cells[0].text = names["fields"][field][language][0]
        cells[1].text = example
    document.add_heading(names["questions"][language][0], level=2)
    for question in words["questions"]:
        document.add_paragraph(question, style="List Bullet")
    for section, items in words["sections"].items():
        key, _, kind = section.partition(":")
        heading = names["sections"][key][language][0]
        if kind:
            heading = words["for_kind"].format(
                section=heading, kind=names["kinds"][kind][language][0]
            )
        document.add_heading(heading, level=2)
        style = "List Number" if key == "steps" else "List Bullet"
        for item in items:
            document.add_paragraph(item, style=style)
    document.save(str(path))
