"""Each fault is said in a sentence of the reader's language, and many alike are grouped."""

import string
from pathlib import Path

import pytest
import yaml

from crm.imports import words as words_module
from crm.imports.faults import Fault
from crm.imports.words import Language, fault_lines, say

SENTENCES = yaml.safe_load(
    Path(words_module.__file__).with_name("words.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same_with_the_same_particulars(key):
    """A particular that one language leaves out is lost to its readers."""
    particulars = {
        language: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for language, text in SENTENCES[key].items()
    }
    assert set(particulars) == {"zh", "en"}
    assert particulars["zh"] == particulars["en"]


def test_every_code_in_the_source_has_a_sentence_and_none_is_left_over():
    """The sentences and the codes the import uses are the same set."""
    package = Path(words_module.__file__).parent
    sources = [*package.glob("*.py"), package.parent / "__main__.py"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [key for key in SENTENCES if f'"{key}"' not in source]
    assert unused == []


def test_a_line_names_file_line_column_value_and_what_to_do():
    """The promised form, in both languages."""
    fault = Fault("clients.csv", 7, "grade", "Gold", "bad_choice", {"choices": "gold | private"})
    (english,) = fault_lines([fault], Language.EN)
    (chinese,) = fault_lines([fault], Language.ZH)
    assert english == (
        "clients.csv:7: grade: Gold: this value is not allowed. Choose one of: gold | private."
    )
    assert chinese == "clients.csv:7: grade: Gold: 不是允许的取值。请从中选一个：gold | private。"


def test_a_thousand_faults_are_all_shown():
    """Up to a thousand nobody has to import twice to see the rest."""
    faults = [Fault("a.csv", line, "x", "", "required") for line in range(1, 1001)]
    assert len(list(fault_lines(faults, Language.ZH))) == 1000


def test_beyond_a_thousand_alike_faults_are_counted():
    """Twenty of each kind are shown, and the number of the others said."""
    many = [Fault("a.csv", line, "x", "", "required") for line in range(1, 1501)]
    lines = list(fault_lines([*many, Fault("b.csv", 2, "y", "", "required")], Language.EN))
    assert len(lines) == 22
    assert lines[20] == "a.csv: x: … and 1480 more of the same in this column."
    assert lines[21].startswith("b.csv:2: y")


def test_a_value_with_braces_is_shown_as_it_stands():
    """What somebody typed is never taken for a gap to fill."""
    (line,) = fault_lines([Fault("a.csv", 2, "x", "{0}", "bad_id")], Language.EN)
    assert "{0}" in line
    assert say("imported", Language.EN, file="{x}", count=1) == "imported {x}: 1 rows"
