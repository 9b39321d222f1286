"""What is out of scope is learnt from examples in scope and from any that are not."""

import random

import numpy as np
import pytest

from assistant.dialogue.linear_model import LinearModel
from assistant.dialogue.opinions import Scores
from assistant.dialogue.signs import signs_of
from assistant.dialogue.simulation import FOREIGN, UNTHOUGHT, foldings

TOPICS = ["river", "metal", "cloud", "garden", "violin", "engine", "pepper", "harbour", "candle"]
ASKED = ["open", "close", "move", "find", "paint", "count", "weigh", "lend"]


def sentences(topic: str, number: int, seed: int) -> list[str]:
    """Make sentences in which only the topic and its own words tell the intent."""
    chance = random.Random(seed)
    own = [f"{topic}{part}" for part in ("s", "ish", "like", "side", "work")]
    return [
        f"{chance.choice(ASKED)} the {topic} {chance.choice(own)} {chance.choice(ASKED)}"
        for _ in range(number)
    ]


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str]]:
    inside = [(text, topic) for at, topic in enumerate(TOPICS) for text in sentences(topic, 40, at)]
    return inside + [(text, "oos") for at in range(5) for text in sentences(f"xq{at}zy", 10, at)]


@pytest.fixture(scope="module")
def model(examples: list[tuple[str, str]]) -> LinearModel:
    return LinearModel.train([text for text, _ in examples], [intent for _, intent in examples])


def test_a_topic_nobody_thought_of_is_refused(model: LinearModel) -> None:
    strange = sentences("bluebottle", 40, 99)
    assert sum(model.read(text).intent in {None, "oos"} for text in strange) >= 36


def test_what_was_learnt_is_answered(model: LinearModel) -> None:
    known = [(text, topic) for topic in TOPICS for text in sentences(topic, 20, 77)]
    answered = sum(model.read(text).intent == topic for text, topic in known)
    assert answered / len(known) >= 0.95


def test_without_examples_of_it_hardly_anything_is_refused(
    examples: list[tuple[str, str]],
) -> None:
    inside = [(text, intent) for text, intent in examples if intent != "oos"]
    model = LinearModel.train([text for text, _ in inside], [intent for _, intent in inside])
    known = [text for topic in TOPICS for text in sentences(topic, 20, 77)]
    assert sum(model.read(text).intent is None for text in known) / len(known) <= 0.01


def test_the_same_seed_gives_the_same_decisions(examples: list[tuple[str, str]]) -> None:
    texts, intents = [text for text, _ in examples], [intent for _, intent in examples]
    first, again = (LinearModel.train(texts, intents, seed=3) for _ in range(2))
    for text in sentences("bluebottle", 10, 99):
        assert first.read(text) == again.read(text)


def test_a_fold_never_judges_what_it_learnt_and_leaves_whole_intents_out() -> None:
    names = np.array([*("abcdefgh" * 40), *["oos"] * 30])
    left_out: set[str] = set()
    for fold in foldings(names, ("oos",), seed=1):
        assert not set(fold.learnt) & set(fold.judged)
        unthought = set(names[fold.judged[fold.kinds == UNTHOUGHT]])
        left_out |= unthought
        assert not unthought & set(names[fold.learnt])
        assert set(names[fold.judged[fold.kinds == FOREIGN]]) <= {"oos"}
        assert "oos" in names[fold.learnt]
    assert left_out == set("abcdefgh")


def test_too_few_examples_teach_nothing_about_refusing() -> None:
    assert list(foldings(["a", "b"] * 10, ("oos",), seed=0)) == []


def test_the_signs_of_a_lone_favourite_differ_from_those_of_a_close_race() -> None:
    margins = np.array([[1.0, -1.0, -1.0, -0.9], [0.1, 0.0, -0.1, 0.3]])
    evidence = np.array([[0.0, 1.0, 2.0], [0.5, 0.2, 0.0]])
    signs = signs_of(Scores(margins, margins), [3], evidence, np.array([9, 3]))
    assert signs.shape == (2, 8)
    assert signs[0, 1] == pytest.approx(2.0)
    assert signs[1, 1] == pytest.approx(0.1)
    assert signs[0, 2] < 0 < signs[1, 2]
    assert signs[0, 3] > signs[1, 3]
