"""Questions that ask the same become one group, those that do not stay apart."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from assistant.settings import Settings
from knowledge.check import read_and_check
from knowledge.gaps.grouping import Group, group_of, maybe_same
from knowledge.gaps.likeness import Asked, Likeness, likeness_settings


@pytest.fixture(scope="module", params=["alike.csv", "alike_anew.csv"])
def asked(request: pytest.FixtureRequest) -> list[tuple[str, Asked]]:
    """The matters the bounds were chosen on, and others written afterwards."""
    with (Path(__file__).parent / request.param).open(encoding="utf-8", newline="") as stream:
        return [
            (row["matter"], Asked(row["text"], row["language"]))  # type: ignore[arg-type]
            for row in csv.DictReader(stream)
        ]


@pytest.fixture(scope="module")
def likeness(asked: list[tuple[str, Asked]]) -> Likeness:
    content, _ = read_and_check(Settings().content_dir)
    questions = [question for _, question in asked]
    return Likeness(content.entries, content.synonyms, questions, likeness_settings())


def grouped(asked: list[tuple[str, Asked]], likeness: Likeness) -> dict[Asked, int]:
    groups: dict[int, list[Asked]] = {}
    placed: dict[Asked, int] = {}
    for _, question in asked:
        known = [Group(number, tuple(inside)) for number, inside in groups.items()]
        number = group_of(question, known, likeness) or len(groups) + 1
        groups.setdefault(number, []).append(question)
        placed[question] = number
    return placed


def test_pairs_are_joined_when_they_ask_the_same_and_hardly_ever_else(
    asked: list[tuple[str, Asked]], likeness: Likeness
) -> None:
    """The shares promised in docs/decisions/0010."""
    placed = grouped(asked, likeness)
    pairs = [
        (one[0] == other[0], placed[one[1]] == placed[other[1]])
        for one, other in combinations(asked, 2)
        if one[1].language == other[1].language
    ]
    right = [joined for same, joined in pairs if same]
    wrong = [joined for same, joined in pairs if not same]
    assert sum(right) / len(right) >= 0.80
    assert sum(wrong) / len(wrong) <= 0.005


def test_the_other_language_is_pointed_out_where_it_is_not_joined(
    asked: list[tuple[str, Asked]], likeness: Likeness
) -> None:
    """For most English questions the Chinese group pointed out is the right one."""
    matters = sorted({matter for matter, _ in asked})
    chinese = [
        Group(number, tuple(q for m, q in asked if m == matter and q.language == "zh"))
        for number, matter in enumerate(matters, start=1)
    ]
    told = []
    for matter, question in asked:
        if question.language == "en":
            found = maybe_same(Group(0, (question,)), chinese, likeness)
            told.append(None if found is None else matters[found - 1] == matter)
    pointed = [right for right in told if right is not None]
    assert sum(pointed) / len(pointed) >= 0.75
    assert len(pointed) / len(told) >= 0.70


def test_the_same_questions_give_the_same_groups(
    asked: list[tuple[str, Asked]], likeness: Likeness
) -> None:
    content, _ = read_and_check(Settings().content_dir)
    questions = [question for _, question in asked]
    again = Likeness(content.entries, content.synonyms, questions[::-1], likeness_settings())
    assert grouped(asked, again) == grouped(asked, likeness)


def test_a_question_of_nothing_known_is_like_itself_alone(likeness: Likeness) -> None:
    content, _ = read_and_check(Settings().content_dir)
    odd = [Asked("呜呼", "zh"), Asked("？！", "zh"), Asked("zzz", "en")]
    alone = Likeness(content.entries, content.synonyms, odd, likeness_settings())
    assert alone.between(odd[0], odd[0]) == pytest.approx(1.0)
    assert alone.between(odd[0], odd[1]) == 0.0
    assert alone.between(odd[0], odd[2]) == 0.0
