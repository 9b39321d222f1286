"""The intent model learns our training data, keeps it, and holds on sentences it never saw."""

import csv
from pathlib import Path

import pytest
import yaml

from assistant.dialogue.linear_model import LinearModel
from assistant.dialogue.normalise import fold

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = Path(__file__).with_name("held_out.csv")
BLIND = Path(__file__).with_name("blind.csv")
MAIN = ("ask_fee", "ask_procedure", "recommend_products", "find_clients", "ask_why")


def training_examples() -> list[tuple[str, str]]:
    return [
        (line.removeprefix("- "), block["intent"])
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
        if not line.startswith("- /")
    ]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    examples = training_examples()
    return LinearModel.train([text for text, _ in examples], [intent for _, intent in examples])


def held_out(path: Path = HELD_OUT) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_unseen_sentences_are_understood_in_both_languages(
    model: LinearModel, language: str
) -> None:
    rows = [row for row in held_out() if row["language"] == language]
    right = sum(model.rank(row["text"])[0].intent == row["intent"] for row in rows)
    assert right / len(rows) >= 0.93


def test_idiomatic_sentences_nobody_trained_for_are_mostly_understood(model: LinearModel) -> None:
    """The errors on this file have never guided a training sentence, and never should."""
    rows = held_out(BLIND)
    right = sum(model.rank(row["text"])[0].intent == row["intent"] for row in rows)
    assert right / len(rows) >= 0.75


def test_no_held_out_sentence_is_a_training_sentence() -> None:
    """Otherwise the measurement above would measure memory."""
    learnt = {fold(text) for text, _ in training_examples()}
    copied = [row["text"] for row in held_out() + held_out(BLIND) if fold(row["text"]) in learnt]
    assert copied == []


def test_every_main_intent_has_sixty_examples_and_both_languages() -> None:
    examples = training_examples()
    for intent in MAIN:
        texts = [text for text, named in examples if named == intent]
        english = sum(text.isascii() for text in texts)
        assert len(texts) >= 60
        assert 0.3 <= english / len(texts) <= 0.7


def test_no_training_sentence_stands_under_two_intents() -> None:
    first: dict[str, str] = {}
    for text, intent in training_examples():
        assert first.setdefault(text, intent) == intent, text


def test_a_saved_model_answers_as_before(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = LinearModel.load(tmp_path)
    for row in held_out()[::20]:
        before, after = model.rank(row["text"]), again.rank(row["text"])
        assert [scored.intent for scored in before] == [scored.intent for scored in after]
        assert [s.probability for s in before] == pytest.approx([s.probability for s in after])


@pytest.mark.parametrize("text", ["", " ", "😀", "？？？", "\u200b", "。" * 5000])
def test_text_without_words_raises_nothing_and_settles_nothing(
    model: LinearModel, text: str
) -> None:
    ranking = model.rank(text)
    assert sum(scored.probability for scored in ranking) == pytest.approx(1.0)


def test_probabilities_fall_and_sum_to_one(model: LinearModel) -> None:
    chances = [scored.probability for scored in model.rank("从柜面汇80万怎么收费")]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0)


def test_two_intents_are_enough() -> None:
    model = LinearModel.train(["费用多少", "fee please", "谢谢", "thanks"], ["a", "a", "b", "b"])
    assert model.rank("谢谢")[0].intent == "b"
    assert model.rank("fee")[0].intent == "a"


def test_texts_and_intents_must_pair_up() -> None:
    with pytest.raises(ValueError, match="2 texts but 1 intents"):
        LinearModel.train(["a", "b"], ["x"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("汇80万", "汇3,500.50"),
        ("汇八十万", "汇80万"),
        ("８０万", "80万"),
        ("C000123适合什么", "c004567适合什么"),
        ("两千五怎么收", "3k怎么收"),
        ("WIRE 20K", "wire 3.5m"),
    ],
)
def test_amounts_and_client_numbers_look_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["万一", "十分", "一下", "千万别"])
def test_numerals_inside_words_stay(text: str) -> None:
    assert fold(text) == text
