"""The check tells every fault with its file, line, column and value, and takes nothing bad."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import knowledge
from knowledge.check import check
from knowledge.errors import ContentFaults, Fault
from knowledge.language import LANGUAGES
from knowledge.library import Library
from knowledge.wording import describe, problem_codes

TODAY = date(2026, 11, 23)
Spoil = Callable[[str, str, str], Path]


def found(root: Path, problem: str) -> Fault:
    faults = [fault for fault in check(root) if fault.problem == problem]
    assert len(faults) == 1, check(root)
    return faults[0]


def test_sound_content_has_no_faults(content_root: Path) -> None:
    assert check(content_root) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "problem", "line", "column", "value"),
    [
        ("tariff.csv", "T2,interbank", "T2,nothing", "service_unknown", 3, "service", "nothing"),
        ("tariff.csv", "示例目录", "", "field_missing", 2, "source_zh", ""),
        ("tariff.csv", "5000:5|", "5000:5|4000:6|", "brackets_not_rising", 2, "brackets", None),
        ("tariff.csv", "|*:0.03%<=50", "", "brackets_not_closed", 2, "brackets", None),
        ("tariff.csv", "2000:2|", "2000;2|", "bracket_bad", 2, "brackets", "2000;2"),
        ("tariff.csv", ",2025-12-31", ",2026-01-01", "rows_overlap", 5, "effective_from", None),
        ("tariff.csv", "T4,", "T3,", "id_repeated", 5, "row_id", "T3"),
        ("tariff.csv", "2025-12-31", "2025-02-30", "not_date", 4, "effective_to", "2025-02-30"),
        ("tariff.csv", "2025-12-31", "2024-12-31", "ends_before_start", 4, "effective_to", None),
        ("tariff.csv", ",0.40,", ",0.405,", "money_bad", 9, "fee", "0.405"),
        ("tariff.csv", ",0.40,", ",-1,", "money_bad", 9, "fee", "-1"),
        ("tariff.csv", ",0.5,", ",500,", "percent_bad", 6, "rate", "500"),
        ("tariff.csv", "0.1,50,1000", "0.1,50,10", "floor_above_cap", 11, "cap", None),
        ("tariff.csv", "USD", "XYZ", "currency_unknown", 11, "currency", "XYZ"),
        ("tariff.csv", "free,,", "free,7,", "not_for_basis", 5, "fee", "7"),
        ("tariff.csv", "T6,cheque,both", "T6,cheque", "cells_not_columns", 7, "", "18 / 19"),
        ("tariff.csv", "row_id,service", "row_id,servise", "column_missing", 1, "", "service"),
        ("zh/seal-loss.md", "## 步骤", "## 步奏", "heading_unknown", 22, "", "步奏"),
        ("zh/seal-loss.md", "version: 1", "version: x", "not_whole_positive", 17, "version", "x"),
        ("zh/seal-loss.md", "phone: 分机 8000", "phone:", "field_missing", 11, "phone", ""),
        ("zh/seal-loss.md", "id: seal-loss", "id: seal", "id_not_file_name", 1, "id", "seal"),
        ("zh/seal-loss.md", "products: []", "goods: []", "field_unknown", 12, "goods", "goods"),
        ("en/seal-loss.md", "  - the seal is lost\n", "", "few_questions", 1, "questions", "4"),
        ("synonyms.yml", "[[网银,", "[[a], [网银,", "synonym_alone", 1, None, "a"),
        ("services.yml", "service: cheque_form", "service: cheque", "id_repeated", 7, "", "cheque"),
    ],
)
def test_each_fault_is_told_where_it_stands(  # one column a parameter
    spoil: Spoil,
    name: str,
    old: str,
    new: str,
    problem: str,
    line: int,
    column: str | None,
    value: str | None,
) -> None:
    root = spoil(name, old, new)
    fault = next(fault for fault in check(root) if fault.problem == problem)
    assert (fault.file, fault.line) == (name, line)
    assert column in (None, fault.column)
    assert value in (None, fault.value)


def test_an_entry_without_steps_is_a_fault(spoil: Spoil) -> None:
    root = spoil("zh/seal-loss.md", "1. 预留印鉴挂失\n2. 登报声明\n", "")
    assert found(root, "no_steps").file == "zh/seal-loss.md"


def test_a_missing_translation_is_a_fault(content_root: Path) -> None:
    (content_root / "en/seal-loss.md").unlink()
    assert found(content_root, "translation_missing").file == "zh/seal-loss.md"


def test_a_translation_left_behind_is_a_fault(spoil: Spoil) -> None:
    root = spoil("en/seal-loss.md", "version: 1", "version: 2")
    assert found(root, "translation_version").file == "zh/seal-loss.md"


def test_a_question_of_two_entries_is_a_fault(spoil: Spoil) -> None:
    root = spoil("zh/cheque-buy.md", "支票怎么买", "印鉴丢了怎么办")
    fault = found(root, "question_shared")
    assert (fault.file, fault.value) == ("zh/seal-loss.md", "印鉴丢了怎么办")


def test_a_file_that_is_not_utf8_is_told_with_its_line(content_root: Path) -> None:
    path = content_root / "zh/seal-loss.md"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    assert found(content_root, "not_utf8").line == 3


def test_any_channel_never_overlaps_a_single_one(spoil: Spoil) -> None:
    root = spoil("tariff.csv", "T4,interbank,personal,online", "T4,interbank,both,any")
    assert {fault.line for fault in check(root) if fault.problem == "rows_overlap"} == {5}


def test_loading_refuses_all_content_with_every_fault(spoil: Spoil) -> None:
    spoil("zh/seal-loss.md", "phone: 分机 8000", "phone:")
    root = spoil("tariff.csv", "USD", "XYZ")
    with pytest.raises(ContentFaults) as caught:
        Library.load(root, TODAY)
    assert {fault.problem for fault in caught.value.faults} >= {"field_missing", "currency_unknown"}


def test_every_problem_named_in_code_has_its_sentence_in_both_languages() -> None:
    package = Path(knowledge.__file__).parent
    code = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    for problem in problem_codes():
        assert f'"{problem}"' in code, problem
        for language in LANGUAGES:
            assert describe(Fault("a.md", 3, "c", "v", problem), language).startswith("a.md:3 [c] ")
