"""A tariff workbook as people keep it goes in whole, or not at all with every fault at its cell."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.errors import ContentFaults, Fault, ImportRunning
from knowledge.importing.entry_file import Import
from knowledge.importing.run import Imported, import_files
from knowledge.importing.staging import put_in_place, recover
from knowledge.importing.tariff_sheet import COLUMNS, read_tariff_workbook
from knowledge.library import Library
from knowledge.stamp import WRITING

TODAY = date(2026, 11, 25)
MADE = Import("李娜", TODAY)
HEADINGS = {
    "row_id": "收费编号",
    "service": "业务",
    "client_kind": "客户类型",
    "channel": "渠道",
    "basis": "收费方式",
    "fee": "金额",
    "rate": "费率(%)",
    "floor": "最低收费",
    "cap": "最高收费",
    "source_zh": "依据(中文)",
    "source_en": "依据(英文)",
    "effective_from": "生效日期",
    "effective_to": "截止日期",
}
ROW: Mapping[str, Any] = {
    "row_id": "T50",
    "service": "cheque",
    "client_kind": "对公",
    "channel": "网银",
    "basis": "按笔",
    "fee": 1.5,
    "source_zh": "价目表",
    "source_en": "Price list",
    "effective_from": datetime(2027, 1, 1),  # noqa: DTZ001  # a spreadsheet knows no zones
}


def workbook(path: Path, *rows: Mapping[str, Any], headings: Mapping[str, str] = HEADINGS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "对公"
    sheet.append(list(headings.values()))
    for row in rows:
        sheet.append([row.get(column) for column in headings])
    book.save(path)
    return path


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def done(root: Path, *paths: Path) -> Imported:
    return import_files(paths, root, MADE, dry_run=False)


def refused(root: Path, *paths: Path) -> list[Fault]:
    before = files_of(root)
    with pytest.raises(ContentFaults) as found:
        import_files(paths, root, MADE, dry_run=False)
    assert files_of(root) == before
    return list(found.value.faults)


def row_of(root: Path, row_id: str) -> Any:
    library = Library.load(root, TODAY)
    return next(row for row in library.tariff.rows if row.row_id == row_id)


def test_a_plain_sheet_becomes_a_row_and_a_note_of_who_added_it(
    content_root: Path, tmp_path: Path
) -> None:
    imported = done(content_root, workbook(tmp_path / "a.xlsx", ROW))
    assert (imported.rows_added, imported.rows_changed) == (("T50",), ())
    row = row_of(content_root, "T50")
    assert (row.client_kind, row.channel, row.currency) == ("corporate", "online", "CNY")
    assert (row.basis.fee if hasattr(row.basis, "fee") else row.basis.each) == 150
    assert row.effective_from == date(2027, 1, 1)
    library = Library.load(content_root, TODAY)
    (note,) = library.history
    assert (note.item_id, note.by.zh, note.on) == ("T50", "李娜", TODAY)
    assert "a.xlsx[对公]" in note.what.en


def test_rows_that_were_there_stay_byte_for_byte(content_root: Path, tmp_path: Path) -> None:
    before = (content_root / "tariff.csv").read_text("utf-8")
    done(content_root, workbook(tmp_path / "a.xlsx", ROW))
    assert (content_root / "tariff.csv").read_text("utf-8").startswith(before)


def test_a_sheet_of_a_department_with_titles_merged_cells_and_blank_rows(
    content_root: Path, tmp_path: Path
) -> None:
    """A title above, a header over two rows, a service merged over its rows, blanks between."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "支票"
    rows = [
        ["云汀银行支票收费一览", *[None] * 9],
        [None] * 10,
        ["编号", "业务", "对象", "渠道", "收费方式", "收费标准", None, "有效期", None, "依据"],
        [None, None, None, None, None, "金额", "最低", "起", "止", None],
        [
            "T60",
            "cheque",
            "公司",
            "网上银行",
            "按笔",
            "￥1,250.50元",
            None,
            "2027年1月1日",
            "长期",
            "甲",
        ],
        [None] * 10,
        ["T61", None, "公司", "手机银行", "按笔", 2, None, date(2027, 1, 1), None, "甲"],
        ["T62", None, "公司", "电话", "按笔", "２元/笔", None, "2027/1/1", "2027.12.31", "甲"],
    ]
    for row in rows:
        sheet.append(row)
    for merged in ("A1:J1", "A3:A4", "B3:B4", "F3:G3", "H3:I3", "B5:B8", "J3:J4"):
        sheet.merge_cells(merged)
    sheet["K3"], sheet["K5"], sheet["K7"], sheet["K8"] = "依据（英文）", "A", "A", "A"
    path = tmp_path / "b.xlsx"
    book.save(path)
    assert done(content_root, path).rows_added == ("T60", "T61", "T62")
    fees = {row_id: row_of(content_root, row_id) for row_id in ("T60", "T61", "T62")}
    written = Library.load(content_root, TODAY).written
    assert [written[row_id]["fee"] for row_id in fees] == ["1250.5", "2", "2"]
    assert fees["T60"].effective_to is None
    assert fees["T62"].effective_to == date(2027, 12, 31)
    assert {row.effective_from for row in fees.values()} == {date(2027, 1, 1)}
    assert {row.service for row in fees.values()} == {"cheque"}


@pytest.mark.parametrize(
    ("typed", "shown_as", "percent"),
    [
        (0.05, "General", "0.05"),
        (0.0005, "0.00%", "0.05"),
        ("0.05%", "@", "0.05"),
        ("0.5‰", "@", "0.05"),
    ],
)
def test_a_rate_is_read_as_the_sheet_shows_it(
    content_root: Path, tmp_path: Path, typed: object, shown_as: str, percent: str
) -> None:
    row = {**ROW, "fee": None, "basis": "按比例", "rate": typed}
    path = workbook(tmp_path / "a.xlsx", row)
    book = openpyxl.load_workbook(path)
    book.active["G2"].number_format = shown_as
    book.save(path)
    done(content_root, path)
    assert Library.load(content_root, TODAY).written["T50"]["rate"] == percent


@pytest.mark.parametrize(
    ("change", "heading", "value", "problem"),
    [
        ({"fee": "十元"}, "金额", "十元", "money_bad"),
        ({"fee": -1}, "金额", "-1", "money_bad"),
        ({"service": "barter"}, "业务", "barter", "service_unknown"),
        ({"channel": "飞鸽"}, "渠道", "飞鸽", "not_allowed"),
        ({"client_kind": None}, "客户类型", "", "field_missing"),
        ({"effective_from": "2027年2月30日"}, "生效日期", "2027年2月30日", "not_date"),
        ({"effective_to": "2026-12-31"}, "截止日期", "2026-12-31", "ends_before_start"),
        ({"source_en": None}, "依据(英文)", "", "field_missing"),
        ({"cap": 5}, "最高收费", "5", "not_for_basis"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_nothing_is_written(
    content_root: Path,
    tmp_path: Path,
    change: Mapping[str, Any],
    heading: str,
    value: str,
    problem: str,
) -> None:
    good = {**ROW, "row_id": "T51", "channel": "柜台", "service": "cheque_form"}
    path = workbook(tmp_path / "a.xlsx", {**good, "channel": "手机"}, {**ROW, **change})
    (fault,) = [f for f in refused(content_root, path) if f.problem == problem]
    assert (fault.file, fault.line) == ("a.xlsx[对公]", 3)
    assert (fault.column, fault.value) == (heading, value)


def test_every_fault_of_every_file_is_told_at_once(content_root: Path, tmp_path: Path) -> None:
    bad = workbook(
        tmp_path / "a.xlsx", {**ROW, "fee": "x"}, {**ROW, "row_id": "T52", "channel": "y"}
    )
    other = workbook(tmp_path / "b.xlsx", {**ROW, "row_id": "T53", "service": "z"})
    assert {(f.file, f.line) for f in refused(content_root, bad, other)} == {
        ("a.xlsx[对公]", 2),
        ("a.xlsx[对公]", 3),
        ("b.xlsx[对公]", 2),
    }


def test_a_row_that_overlaps_one_that_is_there_is_refused(
    content_root: Path, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", {**ROW, "channel": "柜台"})
    problems = {fault.problem for fault in refused(content_root, path)}
    assert problems == {"rows_overlap"}


def test_a_row_with_a_known_id_is_replaced_and_the_columns_are_named(
    content_root: Path, tmp_path: Path
) -> None:
    row = {**ROW, "row_id": "T9", "service": "card_year", "client_kind": "全部", "channel": "不限"}
    row |= {"basis": "固定", "fee": 12, "effective_from": "2026-01-01"}
    imported = done(content_root, workbook(tmp_path / "a.xlsx", row))
    assert (imported.rows_added, imported.rows_changed) == ((), ("T9",))
    assert "fee" in Library.load(content_root, TODAY).history[0].what.zh


def test_the_same_file_again_changes_nothing(content_root: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROW)
    done(content_root, path)
    before = files_of(content_root)
    assert done(content_root, path).files == ()
    assert files_of(content_root) == before


def test_a_trial_writes_nothing(content_root: Path, tmp_path: Path) -> None:
    before = files_of(content_root)
    path = workbook(tmp_path / "a.xlsx", ROW)
    imported = import_files([path], content_root, MADE, dry_run=True)
    assert imported.rows_added == ("T50",)
    assert files_of(content_root) == before


def test_a_repeated_id_and_an_unknown_heading_are_faults(
    content_root: Path, tmp_path: Path
) -> None:
    headings = {**HEADINGS, "colour": "颜色"}
    path = workbook(tmp_path / "a.xlsx", ROW, {**ROW, "colour": "红"}, headings=headings)
    faults = refused(content_root, path)
    assert {(f.line, f.column, f.problem) for f in faults} == {
        (1, "颜色", "column_unknown"),
        (3, "收费编号", "id_repeated"),
    }


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xlsx", b"no workbook", "workbook_broken"),
        ("a.ods", b"", "workbook_broken"),
        ("a.pdf", b"%PDF", "file_kind_unknown"),
        ("a.docx", b"no document", "document_broken"),
    ],
)
def test_what_is_no_workbook_or_document_is_told(
    content_root: Path, tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (fault,) = refused(content_root, path)
    assert (fault.file, fault.problem) == (name, problem)


def test_a_missing_file_and_a_sheet_without_a_header_are_told(
    content_root: Path, tmp_path: Path
) -> None:
    lonely = workbook(tmp_path / "a.xlsx", headings={"a": "甲", "b": "乙"})
    assert {f.problem for f in refused(content_root, lonely, tmp_path / "none.xlsx")} == {
        "no_tariff_sheet",
        "file_missing",
    }


def test_every_column_of_the_tariff_may_be_headed_by_its_own_name(tmp_path: Path) -> None:
    """A column that the tariff gets later is taken without a change here."""
    path = workbook(
        tmp_path / "a.xlsx",
        dict.fromkeys(COLUMNS, "x"),
        headings={column: column for column in COLUMNS},
    )
    faults: list[Fault] = []
    (row,) = read_tariff_workbook(path, faults)
    assert faults == []
    assert set(row.headings) == set(COLUMNS)


def test_an_open_document_sheet_is_read_too(content_root: Path, tmp_path: Path) -> None:
    cells = {HEADINGS[column]: ROW.get(column, "") for column in HEADINGS}
    cells["生效日期"] = "2027-01-01"

    def line(values: list[Any]) -> str:
        told = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{v or ""}</text:p>'
            "</table:table-cell>"
            for v in values
        )
        return f"<table:table-row>{told}</table:table-row>"

    names = "office text table"
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names.split()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{line(list(cells))}'
        f"{line(list(cells.values()))}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        manifest = f'<manifest:manifest xmlns:manifest="{space}"/>'
        book.writestr("META-INF/manifest.xml", manifest)
    assert done(content_root, path).rows_added == ("T50",)


def test_a_file_that_cannot_be_replaced_leaves_all_as_it_was(content_root: Path) -> None:
    before = files_of(content_root)
    (content_root / "broken.csv").mkdir()
    with pytest.raises(OSError, match=r"broken\.csv"):
        put_in_place(content_root, {"tariff.csv": "nothing", "broken.csv": "x"})
    (content_root / "broken.csv").rmdir()
    left = {
        name: data for name, data in files_of(content_root).items() if not name.endswith(".new")
    }
    assert left == before


def test_an_import_that_died_is_undone_by_the_next(content_root: Path) -> None:
    before = files_of(content_root)
    kept = content_root / ".before-import" / "tariff.csv.kept"
    kept.parent.mkdir()
    kept.write_bytes((content_root / "tariff.csv").read_bytes())
    (content_root / "tariff.csv").write_text("half", "utf-8")
    (content_root / "fresh.csv").write_text("half", "utf-8")
    note = '{"process": 4194304000, "old": ["tariff.csv", "services.yml"], "new": ["fresh.csv"]}'
    (content_root / WRITING).write_text(note, "utf-8")
    recover(content_root)
    assert files_of(content_root) == before


def test_two_imports_at_once_are_refused(content_root: Path, tmp_path: Path) -> None:
    (content_root / WRITING).write_text('{"process": 1, "old": [], "new": []}', "utf-8")
    before = files_of(content_root)
    with pytest.raises(ImportRunning):
        done(content_root, workbook(tmp_path / "a.xlsx", ROW))
    assert files_of(content_root) == before


@pytest.fixture
def command(content_root: Path) -> Callable[..., tuple[int, str]]:
    def run(*arguments: str) -> tuple[int, str]:
        told = ["import", *arguments, "--into", str(content_root), "--language", "en"]
        finished = CliRunner().invoke(app, told)
        return finished.exit_code, finished.output

    return run


def test_the_command_says_what_it_wrote_or_why_not(
    command: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    good = workbook(tmp_path / "a.xlsx", ROW)
    assert command(str(good), "--dry-run")[1].splitlines()[-1].startswith("A trial only")
    code, said = command(str(good), "--by", "Li Na")
    assert (code, "1 rows added" in said) == (0, True)
    bad = workbook(tmp_path / "b.xlsx", {**ROW, "row_id": "T77", "fee": "ten"})
    code, said = command(str(bad))
    assert code == 1
    assert "b.xlsx[对公]:2 [金额]" in said
    assert "nothing was written" in said
