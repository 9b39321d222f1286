"""The search learns what its parts count, and never gets worse by learning."""

import numpy as np
import pytest

from knowledge.search.combination import Combination, combination_of, weights_of
from knowledge.search.forms import Forms
from knowledge.search.index import Comparison, Document, HybridIndex
from knowledge.search.learning import FEWEST, Lesson, learn_trust, learn_weights, rank_of
from knowledge.search.lessons import known_lessons, unanswerable
from knowledge.search.parts import PART_NAMES, Part
from knowledge.search.synonyms import Synonyms

DEFAULT = combination_of(weights_of({"together": 0.5, "usual": 0.5}), [1.0] * 6, 1.0)


def lessons(telling: Part, count: int, seed: int = 0) -> list[Lesson]:
    """Return questions whose right document is best in one part and random in the others."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        parts = rng.uniform(0, 0.6, size=(8, len(PART_NAMES)))
        right = int(rng.integers(8))
        parts[right, telling.place] = 0.9
        compared = Comparison(np.arange(8), parts, np.zeros(8, dtype=np.intp), 1.0)
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


def test_questions_that_nothing_answers_lower_the_chance() -> None:
    asked = lessons(Part.TOGETHER, 60)
    for each in asked:
        each.compared.parts[each.right, Part.USUAL.place] = 0.9
    strange = list(unanswerable(asked))
    learned = learn_trust([*asked, *strange], np.array(DEFAULT.weights), DEFAULT)

    def best(combination: Combination, each: Lesson) -> float:
        return float(combination.chances(each.compared.parts, each.compared.understood).max())

    assert min(best(learned, each) for each in asked) > max(best(learned, each) for each in strange)


@pytest.mark.parametrize("most", [3, 100])
def test_no_index_knows_the_question_it_is_asked(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [
        Document(tuple(f"q{row}{place}" for place in range(row + 1)), f"text {row}")
        for row in range(6)
    ]
    asked = []

    def watched(index: HybridIndex, question: str) -> Comparison:
        known = set(index._whole)
        asked.append(question)
        assert question not in known
        return Comparison(np.arange(0), np.zeros((0, 13)), np.arange(0), 0.0)

    monkeypatch.setattr(HybridIndex, "compare", watched)
    found = known_lessons(documents, Forms(Synonyms([])), most)
    assert 0 < len(found) == len(set(asked))
    assert all(documents[lesson.right].questions != () for lesson in found)
    assert "q00" not in asked  # the only question of its document
