"""What the documents say of files, settings, dependencies and columns is what there is."""

import re
from datetime import date
from pathlib import Path

import jwt
import pytest

from assistant.errors import SignInRefused
from assistant.identity import Signer
from assistant.settings import Settings
from crm.imports.schema import file_forms
from tests.docs.fences import blocks, prose, rows, section

LARGEST_PICTURE = 250_000
NOT_OURS = ("SAMPLE.txt", "var/", "Asia/")
_NAMED_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|yml|csv|py|txt))`")
_LINK = re.compile(r"\]\(([^)]+)\)|src=\"([^\"]+)\"")
_REQUIREMENT = re.compile(r"^([A-Za-z][\w.-]*)", re.MULTILINE)


def _documents(root: Path) -> list[Path]:
    return [
        root / "README.md",
        root / "README.zh.md",
        root / "CHANGELOG.md",
        *root.glob("docs/**/*.md"),
    ]


def _anchor(heading: str) -> str:
    return heading.strip().lower().replace(" ", "-")


def test_every_link_leads_somewhere(root):
    """No link or picture of any document points to a file or heading that is not there."""
    for document in _documents(root):
        text = document.read_text(encoding="utf-8")
        anchors = {_anchor(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")}
        for target in ("".join(found) for found in _LINK.findall(text)):
            path, _, anchor = target.partition("#")
            assert not path or (document.parent / path).exists(), f"{document.name}: {target}"
            assert path or anchor in anchors, f"{document.name}: {target}"


def test_every_path_in_the_readme_exists(readme, root):
    """Files and folders written as code stand in the project, those made at run time aside."""
    imported = {form.name for form in file_forms(date.min)}
    named = set(_NAMED_PATH.findall(prose(readme)))
    ours = {path for path in named - imported if not path.startswith(NOT_OURS)}
    assert "knowledge/content/tariff.csv" in ours
    assert [path for path in sorted(ours) if not (root / path).exists()] == []


def test_pictures_are_small(root):
    """A picture does not weigh down every clone."""
    pictures = list((root / "docs" / "images").iterdir())
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE] == []


def test_the_table_of_settings_is_the_settings(readmes):
    """Every setting is in both tables and the other way round, with its default."""
    fields = Settings.model_fields
    expected = {str(f.validation_alias or f"RM_{name.upper()}") for name, f in fields.items()}
    for heading, text in zip(("## Settings", "## 设置"), readmes.values(), strict=True):
        table = dict(rows(section(text, heading)))
        assert set(table) == expected
        for name, field in fields.items():
            if isinstance(field.default, bool | int | float | str) and field.default != "":
                shown = table[str(field.validation_alias or f"RM_{name.upper()}")][0]
                assert shown == f"`{str(field.default).lower().removesuffix('.0')}`" or (
                    shown == f"`{field.default}`"
                )


def test_every_direct_dependency_has_its_reason(root):
    """docs/dependencies.md and requirements/*.in name the same packages."""
    asked = {
        name
        for path in (root / "requirements").glob("*.in")
        for name in _REQUIREMENT.findall(path.read_text(encoding="utf-8"))
    }
    text = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([A-Za-z][\w.-]*) \| (.+) \|$", text, re.MULTILINE))
    told.pop("dependency")
    assert set(told) == asked
    assert all(reason.endswith(".") for reason in told.values())


@pytest.mark.parametrize("language", ["## English", "## 中文"])
def test_the_data_form_names_every_column_and_code(root, language):
    """Files, columns, what must be filled and every allowed code are those of the import."""
    text = section((root / "docs" / "data-form.md").read_text(encoding="utf-8"), language)
    for form in file_forms(date(2026, 11, 24)):
        table = dict(rows(section(text, f"### `{form.name}`")))
        assert list(table) == [column.name for column in form.columns]
        for column in form.columns:
            must, how, meaning = table[column.name]
            assert bool(must) == column.required, (form.name, column.name)
            assert re.findall(r"`([^`]+)`", how) == _codes(column.parse), (form.name, column.name)
            assert meaning


def _codes(parse: object) -> list[str]:
    """Return the codes a parser of a vocabulary, or of a list of one, accepts."""
    found = [cell.cell_contents for cell in getattr(parse, "__closure__", None) or ()]
    for kept in found:
        if isinstance(kept, dict):
            return list(kept)
    return next((_codes(kept) for kept in found if callable(kept)), [])


def test_a_portal_that_follows_the_readme_is_believed(readme):
    """The assertion made by the READMEs' own lines signs the employee in; another key does not."""
    [lines] = blocks(readme, "python")
    key = "k" * 32
    made: dict[str, object] = {"portal_key": key, "jwt": jwt}
    exec(lines, made)  # the document's own lines, as a portal would copy them
    assertion = str(made["assertion"])
    assert Signer("s" * 32, portal_key=key).open_portal_assertion(assertion) == "E0007"
    with pytest.raises(SignInRefused):
        Signer("s" * 32, portal_key="x" * 32).open_portal_assertion(assertion)


def test_both_readmes_have_the_same_parts(readmes):
    """The Chinese README has a part, a table and a block for each of the English one."""
    english, chinese = (
        (
            re.findall(r"^#+", text, re.MULTILINE),
            len(re.findall(r"^\|", text, re.MULTILINE)),
            text.count("\n- "),
            text.count("```"),
        )
        for text in readmes.values()
    )
    assert english == chinese
