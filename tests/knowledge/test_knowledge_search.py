"""The search finds what was written, in whatever script, for whom and when it holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.library import Library
from knowledge.search.candidates import CANDIDATES, nearest_documents
from knowledge.search.combination import Combination
from knowledge.search.fields import Asked, Field
from knowledge.search.forms import Forms
from knowledge.search.index import Document, HybridIndex
from knowledge.search.ranker import RANKED, Ranker
from knowledge.search.rows import Rows
from knowledge.search.settings import default_settings
from knowledge.search.synonyms import Synonyms
from knowledge.search.tokens import Tokens, counted
from knowledge.search.weighing import K1, B, weighed_questions, weighed_texts

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
    taught = library.with_entries((), {"seal-loss": [wording, foreign], "no-such-entry": ["?"]})
    for text, language in ((wording, "zh"), (foreign, "en")):
        result = taught.search(text, language, TODAY)  # type: ignore[arg-type]
        assert result.found
        assert result.hits[0].entry.entry_id == "seal-loss"
        assert result.hits[0].matched_question == text
    assert not taught.with_entries((), {}).search(wording, "zh", TODAY).found


def test_an_entry_laid_over_waits_for_no_learning(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found at once, and what the search learned of the files holds on."""
    monkeypatch.setattr("knowledge.search.finder.remembered", lambda *_: pytest.fail("learns anew"))
    extra = replace(library.entries[0], entry_id="answered", title="咬钱包的松鼠", questions=())
    over = library.with_entries((extra,), {})
    [language] = {extra.language}
    assert over.search("咬钱包的松鼠", language, TODAY).hits[0].entry.entry_id == "answered"


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


def test_two_equally_near_entries_are_never_answered_by_one(library: Library) -> None:
    both = library.search("印鉴丢了怎么办支票怎么买", "zh", TODAY)
    assert both.ambiguous or not both.found
    assert {hit.entry.entry_id for hit in both.hits[:2]} == {"seal-loss", "cheque-buy"}
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


def summed(field: Field, asked: Asked, budget: int) -> np.ndarray:
    rows, given = field.shares(asked, budget)
    return np.bincount(rows, given, field.size) * asked.ideal


def products(rows: Rows, asked: Asked, size: int) -> np.ndarray:
    return rows.products([[asked]], np.array([0]), np.array([size]))[0, :, 0]


def test_questions_agree_with_scikit_learn_where_each_entry_has_one() -> None:
    questions = ["a b b", "b c", "c d a a", ""]
    oracle = TfidfVectorizer(analyzer=str.split, sublinear_tf=True)
    matrix = oracle.fit_transform(questions)
    vocabulary, counts = counted(questions, str.split)
    weighed = weighed_questions(counts, np.arange(4))
    ours, rows = Field(weighed), Rows([weighed.matrix])
    for text in ("a", "b c c", "d", "a b c d"):
        expected = (matrix @ oracle.transform([text]).T).toarray().ravel()
        asked = ours.asked(vocabulary.tokens(text))
        np.testing.assert_allclose(summed(ours, asked, 100), expected, atol=1e-6)
        np.testing.assert_allclose(products(rows, asked, 4), expected, atol=1e-6)


@given(
    st.lists(st.text("abcde", max_size=12), min_size=2, max_size=8), st.text("abcdef", min_size=1)
)
def test_whole_texts_agree_with_another_bm25(texts: list[str], asked: str) -> None:
    assume(any(texts))
    oracle = bm25s.BM25(k1=K1, b=B, method="lucene")
    oracle.index([list(text) for text in texts], show_progress=False)
    vocabulary, counts = counted(texts, list)
    weighed = weighed_texts(counts)
    field, rows = Field(weighed), Rows([weighed.matrix])
    tokens = sorted(set(asked) & set("".join(texts)))
    assume(tokens)
    question = field.asked(vocabulary.tokens("".join(tokens)))
    expected = oracle.get_scores(tokens) * (K1 + 1) * question.weights[0]
    np.testing.assert_allclose(summed(field, question, 10**6), expected, rtol=1e-4, atol=1e-6)
    found = products(rows, question, len(texts))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_a_budget_leaves_out_the_commonest_tokens_first() -> None:
    vocabulary, counts = counted(["a x", "a", "a", "a", "a y"], str.split)
    field = Field(weighed_texts(counts))
    asked = field.asked(vocabulary.tokens("a x"))
    whole, cheap = (summed(field, asked, budget) for budget in (100, 2))
    assert whole[0] > cheap[0] > 0
    assert not cheap[1:].any()


def test_a_question_of_common_words_alone_is_looked_at_whatever_it_costs() -> None:
    vocabulary, counts = counted(["a b c", "a b c", "a b c", "", ""], str.split)
    field = Field(weighed_texts(counts))
    whole, cheap = (
        summed(field, field.asked(vocabulary.tokens("a b c")), budget) for budget in (100, 1)
    )
    np.testing.assert_allclose(cheap, whole * 2 / 3, rtol=1e-6)


def test_a_question_half_understood_counts_half() -> None:
    vocabulary, counts = counted(["a"], str.split)
    field = Field(weighed_questions(counts, np.arange(1)))

    def understood(text: str) -> float:
        return field.asked(vocabulary.tokens(text)).understood

    assert understood("a") == pytest.approx(1.0)
    assert 0 < understood("a z") < 1
    assert understood("z") == 0.0


def test_what_another_field_alone_knows_is_unknown() -> None:
    _, counts = counted(["a", "z"], str.split)
    field = Field(weighed_questions(counts[:1], np.arange(1)))
    both = Tokens(np.array([0, 1]), np.ones(2), 0.0)
    only = Tokens(np.array([0]), np.ones(1), 1.0)
    assert field.asked(both).understood == field.asked(only).understood < 1


GIVEN = st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), max_size=60)


@given(GIVEN, GIVEN, st.integers(1, 40), st.sets(st.integers(0, 99), max_size=3))
def test_candidates_are_those_of_an_exhaustive_search(
    asked: list[tuple[int, int]], told: list[tuple[int, int]], documents: int, closed: set[int]
) -> None:
    owners = np.repeat(np.arange(documents), 1 + np.arange(documents) % 3)
    allowed = np.array([row not in closed for row in range(documents)])
    alike, scores = np.zeros(len(owners)), np.zeros(documents)
    for row, value in asked:
        alike[row % len(owners)] += value
    for row, value in told:
        scores[row % documents] += value
    np.maximum.at(best := np.zeros(documents), owners, alike)
    scores += best

    def pieces(rows: list[tuple[int, int]], size: int) -> list[tuple[np.ndarray, np.ndarray]]:
        array = np.array(rows, dtype=np.intp).reshape(-1, 2)
        return [(array[half, 0] % size, array[half, 1] / 1.0) for half in (slice(9), slice(9, 99))]

    found = nearest_documents(
        pieces(asked, len(owners)), pieces(told, documents), owners, allowed
    ).tolist()
    assert found == sorted(set(found))
    assert len(found) == min(CANDIDATES, int(allowed.sum()))
    assert allowed[found].all()
    left_out = [row for row in range(documents) if allowed[row] and row not in found]
    assert all(scores[row] <= scores[found].min() for row in left_out)


TEXT = st.text("开立账户网银挂失怎么 ab", min_size=1, max_size=10)
DOCUMENTS = st.lists(st.tuples(st.lists(TEXT, min_size=1, max_size=3), TEXT), min_size=1)


@given(DOCUMENTS, TEXT)
def test_the_order_is_that_of_comparing_everything(
    documents: list[tuple[list[str], str]], question: str
) -> None:
    made = [Document(tuple(questions), text) for questions, text in documents[:RANKED]]
    ranker = Ranker(HybridIndex(made, Forms(Synonyms([]))), default_settings().default)
    alone = Combination((0.0,) * 12 + (1.0,), (0.0,) * 4, 0.0)
    assert not ranker.combination.spelling
    assert alone.spelling
    plain = ranker.rank(question)
    spelt = ranker.index.compare(question)
    assert plain.rows.tolist() == sorted(
        range(len(made)), key=lambda row: -ranker.combination.scores(spelt.parts)[row]
    )
    assert all(0 <= near < len(made[row].questions) for row, _, near in plain)


def test_a_question_only_texts_know_something_of_is_answered_too(library: Library) -> None:
    index = HybridIndex(
        [Document(("开户",), "usb key"), Document(("挂失",), "")], Forms(Synonyms([]))
    )
    assert index.compare("usb key").rows.tolist() == [0, 1]
    assert library.search("forgot login password for e-banking", "zh", TODAY).hits


def test_what_is_learned_and_found_is_the_same_every_time(content_root: Path) -> None:
    texts = ("企业网银怎么开通", "章不见了", "支票领购", "随便问问")
    first, second = (Library.load(content_root, TODAY) for _ in range(2))
    for text in texts:
        assert first.search(text, "zh", TODAY) == second.search(text, "zh", TODAY)


def test_what_was_learned_is_kept_and_a_damaged_or_foreign_one_is_not_used(
    content_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = tmp_path / "learned"
    first = Library.load(content_root, TODAY, learned=learned)
    kept = sorted(learned.glob("*.json"))
    assert [path.name[:3] for path in kept] == ["en-", "zh-"]
    monkeypatch.setattr("knowledge.search.finder.teach", None)  # must not be needed
    again = Library.load(content_root, TODAY, learned=learned)
    for text in ("企业网银怎么开通", "章不见了"):
        assert again.search(text, "zh", TODAY) == first.search(text, "zh", TODAY)
    monkeypatch.undo()
    for path in kept:
        path.write_text('{"bound": 0', "utf-8")
    assert Library.load(content_root, TODAY, learned=learned).search("支票", "zh", TODAY).hits
    taught = first.with_entries((), {"seal-loss": ["盖章的那个东西没了"]})
    assert taught.search("盖章的那个东西没了", "zh", TODAY).found
    assert len(list(learned.iterdir())) == 2


def test_the_longest_synonym_wins_and_latin_ones_are_whole_words() -> None:
    synonyms = Synonyms([["企业网银", "公司网银"], ["网上银行", "网银"], ["seal", "chop"]])
    assert synonyms.unify("公司网银和网银") == "企业网银和网上银行"
    assert synonyms.unify("chop the chopper") == "seal the chopper"


def test_words_a_file_calls_one_stay_nearer_to_themselves_than_to_each_other() -> None:
    forms = Forms(Synonyms([["注销", "停用"]]))
    documents = [Document((asked,), "") for asked in ("注销信用卡", "停用信用卡", "开通信用卡")]
    index = HybridIndex(documents, forms)
    combination = default_settings().default
    for right, other in ((0, 1), (1, 0)):
        compared = index.compare(documents[right].questions[0])
        scores = combination.scores(compared.parts)
        assert scores[right] > scores[other] > scores[2]
