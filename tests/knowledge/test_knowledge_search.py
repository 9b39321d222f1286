"""The search finds what was written, in whatever script, for whom and when it holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.library import Library
from knowledge.search.synonyms import Synonyms
from knowledge.search.texts import WholeTexts
from knowledge.search.vectors import QuestionVectors

TODAY = date(2026, 11, 23)
Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def library(content_root: Path) -> Library:
    return Library.load(content_root, TODAY)


def test_every_question_written_down_finds_its_entry(library: Library) -> None:
    for entry in library.entries:
        for question in (entry.title, *entry.questions):
            result = library.search(question, entry.language, TODAY)
            assert result.found
            assert result.hits[0].entry == entry
            assert result.hits[0].matched_question == question
            assert 0.8 < result.hits[0].score <= 1.0001


@pytest.mark.parametrize(
    "text", ["企業網銀怎麼開通？", "企业 网上银行　怎么开通", "企业网银怎么开通!!"]
)
def test_scripts_widths_marks_and_synonyms_make_no_difference(library: Library, text: str) -> None:
    plain = library.search("企业网银怎么开通", "zh", TODAY)
    assert library.search(text, "zh", TODAY).hits[0].entry == plain.hits[0].entry
    assert library.search(text, "zh", TODAY).hits[0].score > 0.8


def test_what_nobody_wrote_is_not_found_but_the_nearest_three_are_shown(library: Library) -> None:
    for text, language in (("今天天气怎么样", "zh"), ("who won the world cup", "en"), ("", "zh")):
        result = library.search(text, language, TODAY)  # type: ignore[arg-type]
        assert not result.found
        assert not result.ambiguous
        assert len(result.hits) == 3


def test_how_people_asked_is_known_once_it_is_added_to_an_entry(library: Library) -> None:
    wording, foreign = "盖章的那个东西没了", "the thing one stamps with has vanished"
    assert not library.search(wording, "zh", TODAY).found
    taught = library.with_wordings({"seal-loss": [wording, foreign], "no-such-entry": ["?"]})
    for text, language in ((wording, "zh"), (foreign, "en")):
        result = taught.search(text, language, TODAY)  # type: ignore[arg-type]
        assert result.found
        assert result.hits[0].entry.entry_id == "seal-loss"
        assert result.hits[0].matched_question == text
    assert not taught.with_wordings({}).search(wording, "zh", TODAY).found


def test_an_entry_is_found_from_its_first_to_its_last_day(spoil: Spoil) -> None:
    root = spoil("zh/seal-loss.md", "effective_to: ", "effective_to: 2026-06-30")
    library = Library.load(root, TODAY)
    for on, valid in (
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ):
        ids = [hit.entry.entry_id for hit in library.search("印鉴丢了怎么办", "zh", on).hits]
        assert ("seal-loss" in ids) == valid


def test_an_entry_is_shown_only_to_its_audience(spoil: Spoil) -> None:
    library = Library.load(spoil("zh/seal-loss.md", "audience: []", "audience: [leader]"), TODAY)
    for role, readable in (("leader", True), ("manager", False), (None, False)):
        hits = library.search("印鉴丢了怎么办", "zh", TODAY, role).hits
        assert ("seal-loss" in [hit.entry.entry_id for hit in hits]) == readable


def test_two_equally_near_entries_are_offered_as_a_choice(library: Library) -> None:
    result = library.search("印鉴丢了怎么办支票怎么买", "zh", TODAY)
    first, second = result.hits[:2]
    assert result.ambiguous == (result.found and first.score - second.score <= 0.04)
    assert not library.search("印鉴丢了怎么办", "zh", TODAY).ambiguous


def test_no_more_hits_than_asked_for(library: Library) -> None:
    assert len(library.search("网银", "zh", TODAY, limit=1).hits) == 1


def test_a_library_cannot_be_changed_and_threads_agree(library: Library) -> None:
    with pytest.raises(FrozenInstanceError):
        library.loaded_on = TODAY  # type: ignore[misc]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: library.search("开网银要什么材料", "zh", TODAY), range(64))
        )
    assert all(answer == answers[0] for answer in answers)


def test_the_fingerprint_follows_the_content(spoil: Spoil, content_root: Path) -> None:
    before = Library.load(content_root, TODAY).fingerprint
    assert Library.load(content_root, TODAY).fingerprint == before
    assert Library.load(spoil("tariff.csv", ",10,", ",11,"), TODAY).fingerprint != before


def test_vectors_agree_with_scikit_learn_where_each_entry_has_one_question() -> None:
    questions = [["a", "b", "b"], ["b", "c"], ["c", "d", "a", "a"]]
    oracle = TfidfVectorizer(analyzer=lambda tokens: tokens, sublinear_tf=True)
    matrix = oracle.fit_transform(questions)
    ours = QuestionVectors(questions, [0, 1, 2])
    for asked in (["a"], ["b", "c", "c"], ["d", "z"]):
        expected = (matrix @ oracle.transform([asked]).T).toarray().ravel()
        np.testing.assert_allclose(ours.similarities(asked), expected, atol=1e-9)


def test_a_question_half_understood_counts_half() -> None:
    vectors = QuestionVectors([["a"]], [0])
    assert vectors.understood(["a"]) == 1.0
    assert 0 < vectors.understood(["a", "z"]) < 1
    assert vectors.understood(["z"]) == 0.0


def test_shares_are_one_where_one_entry_is_best_for_every_token() -> None:
    texts = WholeTexts([["a", "b"], ["c"], ["d"]])
    np.testing.assert_allclose(texts.shares(["a", "b"]), [1, 0, 0])
    np.testing.assert_allclose(texts.shares(["z"]), [0, 0, 0])


def test_the_longest_synonym_wins_and_latin_ones_are_whole_words() -> None:
    synonyms = Synonyms([["企业网银", "公司网银"], ["网上银行", "网银"], ["seal", "chop"]])
    assert synonyms.unify("公司网银和网银") == "企业网银和网上银行"
    assert synonyms.unify("chop the chopper") == "seal the chopper"
