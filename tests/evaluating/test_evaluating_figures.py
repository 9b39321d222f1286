"""The figures count what they say they count."""

import json

import pytest

from assistant.evaluating.examples import Example, Split
from assistant.evaluating.figures import confusions_of, figures_of
from assistant.evaluating.measuring import Measured
from assistant.evaluating.printing import as_json

TEST = [
    Example("how much", "fee"),
    Example("what does it cost", "fee"),
    Example("thanks", "thank"),
    Example("weather", "oos"),
    Example("joke", "oos"),
]
FOUND = ["fee", "nlu_fallback", "thank", "out_of_scope", "fee"]


def test_what_is_refused_is_right_out_of_scope_and_wrong_within() -> None:
    figures = figures_of("m", TEST, FOUND, 1.0, 2.0)
    assert figures.accuracy == pytest.approx(3 / 5)
    assert figures.in_scope_accuracy == pytest.approx(2 / 3)
    assert figures.in_scope_refused == pytest.approx(1 / 3)
    assert figures.oos_recall == pytest.approx(1 / 2)


def test_macro_f1_is_the_mean_over_the_intents_of_the_test() -> None:
    # fee: precision 1/2, recall 1/2; thank: 1; out of scope: precision 1/2, recall 1/2.
    assert figures_of("m", TEST, FOUND, 1.0, 2.0).macro_f1 == pytest.approx((0.5 + 1 + 0.5) / 3)


def test_without_messages_out_of_scope_their_figures_are_null() -> None:
    inside = TEST[:3]
    figures = figures_of("m", inside, FOUND[:3], 1.0, 2.0)
    assert figures.oos_recall is None
    split = Split(tuple(inside), tuple(inside))
    printed = json.loads(as_json("d", {"test": split}, {"test": Measured((figures,), ())}))
    assert printed["oos_recall"] is None
    assert printed["accuracy"] == printed["in_scope_accuracy"] == pytest.approx(0.6667)


def test_confusions_name_both_intents_and_the_messages_most_frequent_first() -> None:
    found = ["thank", "thank", "fee", "nlu_fallback", "nlu_fallback"]
    first, second = confusions_of(TEST, found)
    assert (first.intent, first.taken_for) == ("fee", "thank")
    assert first.texts == ("how much", "what does it cost")
    assert (second.intent, second.taken_for, second.texts) == ("thank", "fee", ("thanks",))
