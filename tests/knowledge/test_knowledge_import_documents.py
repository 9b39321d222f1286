"""A procedure as a department keeps it in Word becomes an entry, or every fault is told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

from knowledge.__main__ import CONTENT, app
from knowledge.errors import ContentFaults, Fault
from knowledge.importing.entry_file import Import
from knowledge.importing.run import import_files
from knowledge.library import Library
from tests.knowledge.conftest import ENTRIES

TODAY = date(2026, 11, 25)
MADE = Import("Li Na", TODAY)
FIELDS = {
    "zh": [
        ("编号", "safe-box"),
        ("办理部门", "示例部"),
        ("电话", "分机 8000"),
        ("客户类型", "个人"),
        ("办理时间", "当场"),
        ("表格", "BG-01"),
        ("生效日期", "2027年1月1日"),
        ("截止日期", "长期"),
        ("依据", "示例规程"),
    ],
    "en": [
        ("ID", "safe-box"),
        ("Department", "示例部"),
        ("Phone", "分机 8000"),
        ("Clients", "individuals"),
        ("Time", "at once"),
        ("Form", "BG-01"),
        ("Valid from", "2027-01-01"),
        ("Source", "Sample rules"),
    ],
}
ASKED = {
    "zh": ["保管箱怎么租", "想租箱子", "保管箱手续", "保管箱续租", "存首饰的箱子"],
    "en": ["rent a box", "safe box papers", "a box for jewellery", "renew a box", "box for deeds"],
}
WORDS = {
    "zh": (
        "保管箱租用",
        "问法",
        "办理步骤",
        "所需材料",
        "所需材料（公司）",
        "注意事项",
        "常见错误",
    ),
    "en": (
        *("Renting a safe box", "Questions", "Steps", "Documents needed"),
        *("Documents needed (company)", "Please note", "Common mistakes"),
    ),
}


def written(path: Path, language: str, *, skip: Sequence[str] = (), table: bool = True) -> Path:
    title, asked, steps, papers, firms, note, mistakes = WORDS[language]
    document = Document()
    document.add_paragraph(title, style="Title")
    fields = [(label, value) for label, value in FIELDS[language] if label not in skip]
    if table:
        grid = document.add_table(rows=0, cols=2)
        for label, value in fields:
            cells = grid.add_row().cells
            cells[0].text, cells[1].text = label, value
    else:
        for label, value in fields:
            document.add_paragraph(f"{label}：{value}")
    document.add_heading(asked, level=2)
    for question in ASKED[language]:
        document.add_paragraph(question, style="List Bullet")
    document.add_heading(steps, level=1)
    for step in ("one", "two"):
        document.add_paragraph(step, style="List Number")
    bold = document.add_paragraph()
    bold.add_run(papers).bold = True
    grid = document.add_table(rows=0, cols=3)
    for row in (("序号", "材料", "份数"), ("1", "ID", "copy"), ("2", "card", "card")):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading(firms, level=2)
    document.add_paragraph("• licence")
    document.add_heading(note, level=2)
    document.add_paragraph("1、mind this")
    document.add_heading(mistakes, level=2)
    document.add_paragraph("（2）a slip")
    document.save(str(path))
    return path


def both(folder: Path, **kwargs: Any) -> list[Path]:
    return [written(folder / f"{lang}.docx", lang, **kwargs) for lang in ("zh", "en")]


def refused(root: Path, paths: Sequence[Path]) -> list[Fault]:
    before = sorted(path.name for path in root.rglob("*"))
    with pytest.raises(ContentFaults) as found:
        import_files(paths, root, MADE, dry_run=False)
    assert sorted(path.name for path in root.rglob("*")) == before
    return list(found.value.faults)


@pytest.mark.parametrize("table", [True, False], ids=["table", "first lines"])
def test_fields_lists_tables_and_kinds_become_an_entry(
    content_root: Path, tmp_path: Path, table: bool
) -> None:
    import_files(both(tmp_path, table=table), content_root, MADE, dry_run=False)
    library = Library.load(content_root, TODAY)
    entry = library.entry("safe-box", "zh")
    assert entry is not None
    assert (entry.title, entry.client_kind, entry.form) == ("保管箱租用", "personal", "BG-01")
    assert (entry.effective_from, entry.effective_to) == (date(2027, 1, 1), None)
    assert entry.questions == tuple(ASKED["zh"])
    assert entry.steps == ("one", "two")
    assert entry.items("papers", "both") == ("ID：copy", "card")
    assert entry.items("papers", "corporate") == ("licence",)
    assert (entry.cautions, entry.mistakes) == (("mind this",), ("a slip",))
    assert (entry.version, entry.updated_by) == (1, "Li Na")
    english = library.entry("safe-box", "en")
    assert english is not None
    assert english.items("papers", "both") == ("ID: copy", "card")


def test_one_language_alone_is_not_taken(content_root: Path, tmp_path: Path) -> None:
    (fault,) = refused(content_root, [written(tmp_path / "zh.docx", "zh")])
    assert (fault.file, fault.problem) == ("zh.docx", "translation_missing")


def test_a_missing_field_is_told_by_its_document(content_root: Path, tmp_path: Path) -> None:
    paths = both(tmp_path, skip=("电话", "Phone"))
    faults = refused(content_root, paths)
    assert {(f.file, f.column, f.problem) for f in faults} == {
        ("zh.docx", "phone", "field_missing"),
        ("en.docx", "phone", "field_missing"),
    }


def test_a_wrong_value_is_told_at_its_block_with_its_label(
    content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = [(k, "soon" if k == "Valid from" else v) for k, v in FIELDS["en"]]
    monkeypatch.setitem(FIELDS, "en", wrong)
    faults = [f for f in refused(content_root, both(tmp_path)) if f.problem == "not_date"]
    assert [(f.file, f.line, f.column, f.value) for f in faults] == [
        ("en.docx", 2, "Valid from", "soon")
    ]


def test_an_unknown_heading_is_told(content_root: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "en.docx", "en")
    document = Document(str(path))
    document.add_heading("Weather", level=2)
    document.save(str(path))
    faults = refused(content_root, [written(tmp_path / "zh.docx", "zh"), path])
    assert [(f.file, f.value, f.problem) for f in faults] == [
        ("en.docx", "Weather", "heading_unknown")
    ]


def test_an_id_that_leads_out_of_the_folder_is_refused(
    content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FIELDS, "zh", [("编号", "../../etc/passwd"), *FIELDS["zh"][1:]])
    (fault,) = refused(content_root, [written(tmp_path / "zh.docx", "zh")])
    assert (fault.problem, fault.value) == ("entry_id_bad", "../../etc/passwd")


def test_a_new_version_keeps_what_the_document_does_not_say(
    content_root: Path, tmp_path: Path
) -> None:
    for language in ("zh", "en"):
        document = Document()
        document.add_paragraph("编号：cheque-buy" if language == "zh" else "ID: cheque-buy")
        document.add_paragraph(
            "本次修改：少一步" if language == "zh" else "What changed: a step less"
        )
        document.add_paragraph("步骤：" if language == "zh" else "Steps:")
        document.add_paragraph("1. only")
        document.save(str(tmp_path / f"{language}.docx"))
    paths = [tmp_path / "zh.docx", tmp_path / "en.docx"]
    import_files(paths, content_root, MADE, dry_run=False)
    entry = Library.load(content_root, TODAY).entry("cheque-buy", "zh")
    assert entry is not None
    assert entry.questions == tuple(ENTRIES["cheque-buy", "zh"][1].split("|"))
    assert (entry.version, entry.steps, entry.papers) == (2, ("only",), ("领购证",))
    assert entry.changes[0].what == "少一步"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_templates_go_in_as_they_are(tmp_path: Path, language: str) -> None:
    """What the business is given to fill in is itself taken without a fault."""
    files: list[str] = []
    for spoken in ("zh", "en"):
        folder = tmp_path / spoken
        CliRunner().invoke(app, ["template", "--out", str(folder), "--language", spoken])
        files += [str(path) for path in folder.iterdir() if path.suffix == ".docx"]
        if spoken == language:
            files += [str(path) for path in folder.iterdir() if path.suffix == ".xlsx"]
    root = tmp_path / "content"
    for path in CONTENT.rglob("*"):
        if path.is_file():
            into = root / path.relative_to(CONTENT)
            into.parent.mkdir(parents=True, exist_ok=True)
            into.write_bytes(path.read_bytes())
    finished = CliRunner().invoke(app, ["import", *files, "--into", str(root), "--language", "en"])
    assert finished.exit_code == 0, finished.output
    assert "2 rows added" in finished.output
    library = Library.load(root, TODAY)
    assert library.entry("safe-box-rent", "en") is not None
