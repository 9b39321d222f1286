"""The search learns what its parts count, and never gets worse by learning."""

import numpy as np
import pytest

from knowledge.search.combination import Combination, combination_of, evidence, weights_of
from knowledge.search.coverage import Covered
from knowledge.search.forms import Forms
from knowledge.search.index import Comparison, Document, HybridIndex
from knowledge.search.learning import FEWEST, Lesson, learn_trust, learn_weights, rank_of
from knowledge.search.lessons import own_lessons
from knowledge.search.parts import PART_NAMES, Part
from knowledge.search.synonyms import Synonyms

DEFAULT = combination_of(weights_of({"together": 0.5, "usual": 0.5}), [1.0] * 4, 1.0)


def covered(size: int, matched: float = 1.0, missed: float = 0.0) -> Covered:
    return Covered(np.full(size, matched), np.full(size, missed), matched / (matched + missed))


def lessons(telling: Part, count: int, seed: int = 0) -> list[Lesson]:
    """Return questions whose right document is best in one part and random in the others."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        parts = rng.uniform(0, 0.6, size=(8, len(PART_NAMES)))
        right = int(rng.integers(8))
        parts[right, telling.place] = 0.9
        compared = Comparison(np.arange(8), parts, np.zeros(8, dtype=np.intp), covered(8))
        made.append(Lesson(compared, right))
    return made


def right_first(asked: list[Lesson], weights: np.ndarray) -> float:
    return float(np.mean([rank_of(each, each.compared.parts @ weights) == 1 for each in asked]))


def test_the_part_that_tells_is_found_from_labelled_questions() -> None:
    learned = learn_weights([], lessons(Part.ORDER, 200), DEFAULT)
    fresh = lessons(Part.ORDER, 200, seed=1)
    assert right_first(fresh, np.array(DEFAULT.weights)) < 0.3
    assert right_first(fresh, learned) > 0.9


def test_few_questions_or_no_gain_leave_the_default() -> None:
    usual = np.array(DEFAULT.weights)
    few = lessons(Part.ORDER, FEWEST - 1)
    np.testing.assert_array_equal(learn_weights([], few, DEFAULT), usual)
    already_best = lessons(Part.TOGETHER, 40)
    for each in already_best:
        each.compared.parts[each.right, Part.USUAL.place] = 0.9
    np.testing.assert_array_equal(learn_weights([], already_best, DEFAULT), usual)


@pytest.mark.parametrize("seed", range(6))
def test_what_chance_alone_seems_to_gain_leaves_the_default(seed: int) -> None:
    asked = lessons(Part.TOGETHER, 80, seed)
    for each in asked:
        each.compared.parts[each.right, Part.USUAL.place] = 0.62
    usual = np.array(DEFAULT.weights)
    learned = learn_weights([], asked, DEFAULT)
    fresh = lessons(Part.TOGETHER, 400, seed + 100)
    for each in fresh:
        each.compared.parts[each.right, Part.USUAL.place] = 0.62
    assert right_first(fresh, learned) >= right_first(fresh, usual)


def without_the_right_one(lesson: Lesson) -> Lesson:
    kept = np.arange(8) != lesson.right
    parts, nearest = lesson.compared.parts[kept], lesson.compared.nearest[kept]
    return Lesson(Comparison(np.arange(8)[kept], parts, nearest, covered(7)), None)


def test_questions_that_nothing_answers_lower_the_chance() -> None:
    asked = lessons(Part.TOGETHER, 60)
    for each in asked:
        each.compared.parts[each.right, Part.USUAL.place] = 0.9
    strange = [without_the_right_one(each) for each in asked]
    learned = learn_trust([*asked, *strange], np.array(DEFAULT.weights), DEFAULT)

    def best(combination: Combination, each: Lesson) -> float:
        scores = combination.scores(each.compared.parts)
        return float(combination.chances(scores, each.compared.covered).max())

    assert min(best(learned, each) for each in asked) > max(best(learned, each) for each in strange)


@pytest.mark.parametrize("most", [3, 100])
def test_no_index_knows_the_question_it_is_asked(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [
        Document(tuple(f"q{row}{place}" for place in range(row + 1)), f"text {row}")
        for row in range(6)
    ]
    asked, there = [], []

    def watched(index: HybridIndex, question: str) -> Comparison:
        known = set(index._whole)
        asked.append(question)
        assert question not in known
        there.append(any(each.startswith(question[:2]) for each in known))
        return Comparison(np.arange(len(index._counts)), *nothing)

    nothing = (np.zeros((0, 13)), np.arange(0), covered(0))
    monkeypatch.setattr(HybridIndex, "compare", watched)
    found = own_lessons(documents, Forms(Synonyms([])), most)
    assert 0 < len(found) == len(set(asked))
    assert [lesson.right is not None for lesson in found] == there
    assert "q00" not in asked  # the only question of its document


def test_some_documents_are_missing_as_a_whole_and_rows_stay_those_of_the_library() -> None:
    documents = [
        Document((f"甲{name}", f"乙{name}", f"丙{name}", f"丁{name}"), f"文{name}")
        for name in "开销转存贷汇换借还付"
    ]
    found = own_lessons(documents, Forms(Synonyms([])), 100)
    missing = [lesson for lesson in found if lesson.right is None]
    assert len(found) == 40
    assert len(missing) == 8
    for lesson in found:
        assert lesson.right is None or lesson.right in lesson.compared.rows
    assert {len(lesson.compared.rows) for lesson in found} == {8}


def test_a_word_in_common_beside_others_nobody_knows_makes_no_winner() -> None:
    scores = np.array([0.6, 0.1])
    known = Covered(np.array([2.0, 0.0]), np.array([0.0, 2.0]), 1.0)
    strange = Covered(np.array([0.9, 0.0]), np.array([2.1, 3.0]), 0.3)
    seen, doubtful = evidence(scores, known), evidence(scores, strange)
    assert seen[0, 0] == scores[0]
    assert doubtful[0, 0] == pytest.approx(0.6 * scores[0])
    assert 0 < doubtful[0, 1] < seen[0, 1] / 4
    assert evidence(scores[:0], covered(0)).shape == (0, 4)
