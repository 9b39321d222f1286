"""Two opinions of an intent, and the evidence of its words, against sums worked by hand."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.dialogue.evidence import Evidence
from assistant.dialogue.linear_model import LinearModel
from assistant.dialogue.naive_bayes import NaiveBayes
from assistant.dialogue.text_features import TextFeatures, Weights, words_of

# Two intents; columns: card, lost, fee. The third text of the first intent says lost twice.
COUNTS = csr_matrix([[1, 1, 0], [1, 0, 0], [0, 2, 0], [1, 0, 1], [0, 0, 1]])
INTENTS = np.array([0, 0, 0, 1, 1])
SMOOTHING = 0.1


def likelihood(present: Sequence[int], counted: Sequence[int]) -> float:
    """Return by hand what the features present say for an intent whose examples had `counted`."""
    total = sum(counted) + SMOOTHING * len(counted)
    logs = [math.log((counted[at] + SMOOTHING) / total) for at in present]
    return sum(logs) / math.sqrt(len(present))


def test_likelihoods_are_those_worked_by_hand_and_heed_presence_alone() -> None:
    bayes = NaiveBayes.fit(COUNTS.astype(float) * 0.3, INTENTS)
    scores = bayes.scores(csr_matrix([[5.0, 0, 1], [0, 1.0, 0]]))
    wanted = [
        [likelihood([0, 2], [2, 2, 0]), likelihood([0, 2], [1, 0, 2])],
        [likelihood([1], [2, 2, 0]), likelihood([1], [1, 0, 2])],
    ]
    assert scores == pytest.approx(np.array(wanted), abs=1e-5)


def test_a_text_without_features_is_as_likely_under_every_intent() -> None:
    scores = NaiveBayes.fit(COUNTS.astype(float), INTENTS).scores(csr_matrix((1, 3)))
    assert scores[0, 0] == scores[0, 1] == 0


def test_evidence_is_the_share_of_words_seen_with_the_intent_the_rare_ones_counting_more() -> None:
    evidence = Evidence.fit(COUNTS, INTENTS)
    card, fee, other = math.log(6 / 4) + 1, math.log(6 / 3) + 1, math.log(6) + 1
    [unknown, covered, _] = evidence.signs(csr_matrix([[1, 0, 1]]), np.array([2]), np.array([0]))[0]
    assert unknown == pytest.approx(2 * other / (card + fee + 2 * other))
    assert covered == pytest.approx(card / (card + fee + 2 * other))


def test_a_word_of_the_intent_alone_lifts_and_one_of_the_others_lowers() -> None:
    evidence = Evidence.fit(COUNTS, INTENTS)
    words, none = csr_matrix([[0, 0, 1], [0, 0, 1]]), np.zeros(2)
    signs = evidence.signs(words, none, np.array([1, 0]))
    assert signs[0, 2] > 0 > signs[1, 2]


def test_a_word_that_a_part_of_the_examples_lacks_counts_as_unknown() -> None:
    evidence = Evidence.fit(COUNTS[[0, 1, 2]], np.array([0, 0, 0]))
    signs = evidence.signs(csr_matrix([[0, 0, 1]]), np.zeros(1), np.array([0]))
    assert signs[0].tolist() == [1, 0, 0]


def test_without_words_nothing_speaks_for_or_against() -> None:
    signs = Evidence.fit(COUNTS, INTENTS).signs(csr_matrix((1, 3)), np.zeros(1), np.array([1]))
    assert signs[0].tolist() == [0, 0, 0]


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_a_text_by_itself_gets_the_row_it_has_among_all(
    many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if many:
        monkeypatch.setattr("assistant.dialogue.text_features._MANY_WORDS", 4)
    texts = ["汇80万 fee please", "fee of a transfer", "客户号C000123 fee", "fee fee", "a transfer"]
    features, counts, words = TextFeatures.fit(texts)
    rows = Weights.of(counts).rows(counts)
    for at, text in enumerate(texts):
        assert abs(rows[at] - features.transform(text)).max() < 1e-12
        row, others = features.words_in(f"{text} zebra")
        assert row.indices.tolist() == sorted(words[at].indices)
        assert others == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("transfer", "transfers"),
        ("charged", "charging"),
        ("accounts", "account"),
        ("card", "cards"),
        ("汇款 fees", "汇款 fee"),
    ],
)
def test_words_that_differ_in_their_ending_are_one(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("is", "i"), ("fed", "f"), ("王", "王先"), ("bed", "be")]
)
def test_short_words_keep_their_ending(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


FEW_TEXTS = ["费用多少", "fee please", "谢谢", "thanks a lot", "再见", "bye bye"]
FEW_INTENTS = ["fee", "fee", "thank", "thank", "bye", "bye"]


def test_training_again_gives_the_same_decisions() -> None:
    first, again = (LinearModel.train(FEW_TEXTS, FEW_INTENTS) for _ in range(2))
    for text in (*FEW_TEXTS, "many thanks", "what fee"):
        assert first.read(text) == again.read(text)


def test_a_model_of_too_few_texts_to_refuse_by_is_read_back_as_one(tmp_path: Path) -> None:
    model = LinearModel.train(["fee please", "thanks a lot"], ["fee", "thank"])
    model.save(tmp_path)
    for text in ("fee please", "entirely different fee"):
        reading = LinearModel.load(tmp_path).read(text)
        assert reading == model.read(text)
        assert (reading.intent, reading.foreign) == ("fee", 0.0)
