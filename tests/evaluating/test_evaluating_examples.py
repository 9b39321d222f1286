"""Examples are read whole or refused with the file, the line and the column."""

from pathlib import Path

import pytest

from assistant.evaluating.errors import (
    CellEmpty,
    CellTooMany,
    ColumnMissing,
    EvaluationError,
    FileMissing,
    NoRows,
    TooFewIntents,
    Unreadable,
)
from assistant.evaluating.examples import Example, read_csv, read_folder, read_project
from assistant.replies.templates import LANGUAGES, Words

GOOD = "text,intent\nhow much,fee\nthanks,thank\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_a_folder_gives_what_is_learnt_and_what_is_judged(folder: Path) -> None:
    (split,) = read_folder(folder).values()
    assert split.train == split.test == (Example("how much", "fee"), Example("thanks", "thank"))


def test_a_valid_file_is_judged_too_when_there_is_one(folder: Path) -> None:
    (folder / "valid.csv").write_text("intent,text,more\noos,hi,x\n", encoding="utf-8-sig")
    assert read_folder(folder)["valid"].test == (Example("hi", "oos"),)


@pytest.mark.parametrize(
    ("name", "content", "error", "said"),
    [
        ("test.csv", None, FileMissing, {}),
        ("train.csv", "text,label\na,b\n", ColumnMissing, {"column": "intent"}),
        ("test.csv", "", ColumnMissing, {"column": "text"}),
        ("test.csv", "text,intent\n", NoRows, {}),
        ("test.csv", "text,intent\na,x\n  ,x\n", CellEmpty, {"line": 3, "column": "text"}),
        ("train.csv", "text,intent\na,x\nb\n", CellEmpty, {"line": 3, "column": "intent"}),
        ("test.csv", "text,intent\nwell, no,x\n", CellTooMany, {"line": 2}),
        ("train.csv", "text,intent\na,x\nb,x\n", TooFewIntents, {}),
        ("test.csv", b"text,intent\n\xff\xfe,x\n", Unreadable, {}),
    ],
)
def test_broken_examples_are_refused_with_their_place(
    folder: Path,
    name: str,
    content: str | bytes | None,
    error: type[EvaluationError],
    said: dict[str, object],
) -> None:
    path = folder / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(error) as refused:
        read_folder(folder)
    assert refused.value.values["file"] == path
    assert said.items() <= refused.value.values.items()


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    words = Words.load(ROOT / "assistant" / "replies")
    values = dict.fromkeys(("file", "why", "column", "found", "line", "words"), "here")
    for error in EvaluationError.__subclasses__():
        for language in LANGUAGES:
            assert "here" in words.say(language, f"evaluate.{error.key}", **values)


def test_a_held_out_folder_is_read_as_a_whole(tmp_path: Path) -> None:
    for name in ("fee", "other"):
        (tmp_path / f"{name}.csv").write_text(GOOD, encoding="utf-8")
    split = read_project(ROOT / "data" / "nlu", tmp_path)
    assert len(split.test) == 4
    assert not any(example.text.startswith(("/", "- ")) for example in split.train)


def test_an_empty_held_out_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_project(ROOT / "data" / "nlu", tmp_path)


def test_quoted_commas_and_line_breaks_stay_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text('text,intent\n"a, b\nc",x\n', encoding="utf-8")
    assert read_csv(path) == (Example("a, b\nc", "x"),)
