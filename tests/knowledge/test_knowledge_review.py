"""The owner is told what has ended, what leaves days open, what is asked twice, what is unknown."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import knowledge
from knowledge.__main__ import app
from knowledge.errors import Fault
from knowledge.library import Library
from knowledge.review import read_product_ids, review

ON = date(2026, 11, 25)
SHIPPED = Path(knowledge.__file__).parent / "content"
CATALOGUE = Path(knowledge.__file__).parents[1] / "data" / "sample" / "products.csv"
Spoil = Callable[[str, str, str], Path]


def warned(root: Path, problem: str, on: date = ON) -> Fault:
    found = [warning for warning in review(root, on).warnings if warning.problem == problem]
    assert len(found) == 1, review(root, on).warnings
    return found[0]


def faulty(root: Path, problem: str) -> Fault:
    found = [fault for fault in review(root, ON).faults if fault.problem == problem]
    assert len(found) == 1, review(root, ON).faults
    return found[0]


def run(root: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", "--root", str(root), "--language", "en", *arguments])
    return done.exit_code, done.output


def test_sound_content_has_neither_faults_nor_warnings(content_root: Path) -> None:
    found = review(content_root, ON)
    assert (found.faults, found.warnings) == ((), ())


def test_the_shipped_content_is_sound_and_every_product_is_in_the_catalogue() -> None:
    found = review(SHIPPED, ON, read_product_ids(CATALOGUE))
    assert (found.faults, found.warnings) == ((), ())


def test_a_row_that_another_takes_over_from_does_not_warn(content_root: Path) -> None:
    """T3 ended long before the day looked at; T4 follows on the next."""
    assert review(content_root, date(2027, 6, 1)).warnings == ()


def test_days_between_two_rows_are_told_with_both_ends(spoil: Spoil) -> None:
    root = spoil("tariff.csv", ",2025-12-31", ",2025-11-30")
    warning = warned(root, "days_uncovered")
    assert (warning.file, warning.line, warning.column) == ("tariff.csv", 4, "effective_to")
    assert warning.value == "2025-12-01 – 2025-12-31"


@pytest.mark.parametrize(
    ("last", "problem", "value"),
    [
        ("2026-11-24", "ended", "2026-11-24 (1)"),
        ("2026-11-25", "ends_soon", "2026-11-25 (0)"),
        ("2026-12-25", "ends_soon", "2026-12-25 (30)"),
    ],
)
def test_an_ending_row_is_told_with_its_days(
    spoil: Spoil, last: str, problem: str, value: str
) -> None:
    root = spoil("tariff.csv", "2026-01-01,,,,no\nT10", f"2026-01-01,{last},,,no\nT10")
    warning = warned(root, problem)
    assert (warning.line, warning.value) == (10, value)


def test_a_row_that_ends_in_more_than_thirty_days_does_not_warn(spoil: Spoil) -> None:
    root = spoil("tariff.csv", "2026-01-01,,,,no\nT10", "2026-01-01,2026-12-26,,,no\nT10")
    assert review(root, ON).warnings == ()


def test_an_entry_that_ended_is_told_at_its_line(spoil: Spoil) -> None:
    spoil("zh/seal-loss.md", "effective_to: ", "effective_to: 2026-06-30")
    root = spoil("en/seal-loss.md", "effective_to: ", "effective_to: 2026-06-30")
    found = [w for w in review(root, ON).warnings if w.problem == "ended"]
    assert {(w.file, w.line, w.value) for w in found} == {
        ("en/seal-loss.md", 19, "2026-06-30 (148)"),
        ("zh/seal-loss.md", 19, "2026-06-30 (148)"),
    }


def test_a_translation_that_holds_on_other_days_is_told(spoil: Spoil) -> None:
    root = spoil("en/seal-loss.md", "effective_from: 2026-01-01", "effective_from: 2026-02-01")
    assert warned(root, "translation_period").file == "en/seal-loss.md"


def test_nearly_the_same_question_in_two_entries_is_told_at_its_line(spoil: Spoil) -> None:
    root = spoil("en/cheque-buy.md", "we ran out of cheques", "papers for a seals loss")
    warning = warned(root, "question_near")
    assert (warning.file, warning.line) in {("en/seal-loss.md", 8), ("en/cheque-buy.md", 6)}


def test_the_same_question_in_another_width_and_script_is_the_same(spoil: Spoil) -> None:
    root = spoil("zh/cheque-buy.md", "支票怎么买", "印鑑丟了，怎麼辦？")
    fault = faulty(root, "question_shared")
    assert fault.value == "印鉴丢了怎么办"


@pytest.mark.parametrize(
    ("new", "problem", "value"),
    [
        ("related: [no-such]\nproducts: []", "entry_unknown", "no-such"),
        ("related: [seal-loss]\nproducts: []", "entry_unknown", "seal-loss"),
        ("services: [cash, barter]\nproducts: []", "service_unknown", "barter"),
    ],
)
def test_a_reference_to_nothing_is_a_fault_where_it_stands(
    spoil: Spoil, new: str, problem: str, value: str
) -> None:
    fault = faulty(spoil("zh/seal-loss.md", "products: []", new), problem)
    assert (fault.file, fault.line, fault.value) == ("zh/seal-loss.md", 12, value)


def test_an_unknown_department_and_another_phone_are_faults(
    content_root: Path, spoil: Spoil
) -> None:
    listed = "- {name_zh: 示例部, name_en: 示例部, phone_zh: 分机 8000, phone_en: 分机 8000}\n"
    (content_root / "departments.yml").write_text(listed, "utf-8")
    assert review(content_root, ON).faults == ()
    spoil("zh/seal-loss.md", "department: 示例部", "department: 别的部")
    spoil("en/cheque-buy.md", "phone: 分机 8000", "phone: 分机 9999")
    assert faulty(content_root, "department_unknown").file == "zh/seal-loss.md"
    assert faulty(content_root, "department_phone").value == "分机 9999"


def test_an_unknown_product_is_a_fault_only_beside_a_catalogue(
    spoil: Spoil, tmp_path: Path
) -> None:
    root = spoil("zh/seal-loss.md", "products: []", "products: [GOLD]")
    catalogue = tmp_path / "products.csv"
    catalogue.write_text("product_id,name\nSILVER,x\n", "utf-8")
    assert review(root, ON).faults == ()
    assert review(root, ON, {"GOLD"}).faults == ()
    code, said = run(root, "--products", str(catalogue))
    assert (code, "zh/seal-loss.md:12 [products]" in said) == (1, True)


def test_a_note_in_one_language_only_is_told(spoil: Spoil) -> None:
    root = spoil("tariff.csv", "免收,Free", "免收,")
    assert warned(root, "untranslated").column == "note_en"


def test_exit_codes_tell_faults_from_warnings(spoil: Spoil) -> None:
    root = spoil("tariff.csv", ",2025-12-31", ",2025-11-30")
    assert run(root)[0] == 0
    assert run(root, "--strict")[0] == 1
    spoil("tariff.csv", "USD", "XYZ")
    assert run(root)[0] == 1


def test_json_holds_faults_and_warnings_apart(spoil: Spoil) -> None:
    root = spoil("tariff.csv", ",2025-12-31", ",2025-11-30")
    code, said = run(root, "--json", "--on", "2026-11-25")
    told = json.loads(said)
    assert (code, told["on"], told["faults"]) == (0, "2026-11-25", [])
    assert told["warnings"][0]["problem"] == "days_uncovered"


def test_content_with_warnings_is_taken(spoil: Spoil) -> None:
    root = spoil("tariff.csv", ",2025-12-31", ",2025-11-30")
    assert len(Library.load(root, ON).tariff.rows) == 11


def test_a_catalogue_that_is_none_is_told(content_root: Path, tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("id,name\nA,b\n", "utf-8")
    code, said = run(content_root, "--products", str(tmp_path / "products.csv"))
    assert (code, "product_id" in said) == (1, True)
