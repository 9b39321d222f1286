"""The questions about contacting, penetration, exports and outcomes are understood unseen."""

import csv
from pathlib import Path

import pytest

from assistant.dialogue.linear_model import LinearModel
from assistant.dialogue.normalise import fold
from tests.dialogue.test_dialogue_intents import training_examples

HELD_OUT = Path(__file__).with_name("held_out")
INTENTS = ("contact_first", "show_penetration", "export_list", "record_outcome", "show_outcomes")


@pytest.fixture(scope="module")
def model() -> LinearModel:
    examples = training_examples()
    return LinearModel.train([text for text, _ in examples], [intent for _, intent in examples])


def rows(intent: str) -> list[dict[str, str]]:
    with (HELD_OUT / f"{intent}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("intent", INTENTS)
def test_sentences_nobody_trained_are_understood(model: LinearModel, intent: str) -> None:
    found = [(row["text"], model.rank(row["text"])[0].intent) for row in rows(intent)]
    wrong = [(text, named) for text, named in found if named != intent]
    assert len(wrong) / len(found) <= 0.1, wrong


@pytest.mark.parametrize("intent", INTENTS)
def test_there_are_enough_sentences_and_none_is_a_training_sentence(intent: str) -> None:
    learnt = [(fold(text), named) for text, named in training_examples()]
    own = [text for text, named in learnt if named == intent]
    assert len(own) >= 60
    assert 0.3 <= sum(text.isascii() for text in own) / len(own) <= 0.7
    held_out = [fold(row["text"]) for row in rows(intent)]
    assert len(held_out) >= 30
    assert not set(held_out) & {text for text, _ in learnt}
