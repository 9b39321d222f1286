"""The commands measure and check on any files of the agreed forms."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.evaluate_missing import evaluate_missing
from knowledge.ranking import quality
from knowledge.search.combination import Combination
from knowledge.search.forms import Forms
from knowledge.search.index import Document
from knowledge.search.learning import Lesson
from knowledge.search.settings import default_settings
from knowledge.search.synonyms import Synonyms
from knowledge.search.trial import Trial, choose_bound, choose_rivalry, refusing_bound

FAQ = (
    "entry_id,question,answer\n7,怎么开户,带身份证到柜台\n7,开户流程,填表\n8,怎么销户,带卡到柜台\n"
)


@pytest.fixture
def faq(tmp_path: Path) -> list[str]:
    (tmp_path / "faq.csv").write_text(FAQ, "utf-8-sig")
    (tmp_path / "q.csv").write_text("question,entry_id\n如何開戶,7\n我要销户,8\n", "utf-8")
    return ["evaluate", "--faq", str(tmp_path / "faq.csv"), "--questions", str(tmp_path / "q.csv")]


def test_a_bank_can_hand_in_its_own_faq(faq: list[str], content_root: Path) -> None:
    result = CliRunner().invoke(app, [*faq, "--root", str(content_root), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output)
    assert (figures["entries"], figures["questions"]) == (2, 2)
    assert figures["hybrid"]["p_at_1"] == 1.0
    assert set(figures["baseline"]) == {"p_at_1", "r_at_3", "r_at_5", "mrr", "ms"}


def test_a_label_without_its_entry_is_told_with_its_line(faq: list[str], tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question,entry_id\n如何开户,7\n销户,9\n", "utf-8")
    result = CliRunner().invoke(app, [*faq, "--language", "en"])
    assert result.exit_code == 1
    assert "q.csv:3 [entry_id]" in result.output


def test_check_succeeds_on_sound_content_and_fails_on_any_fault(content_root: Path) -> None:
    arguments = ["check", "--root", str(content_root), "--language", "en"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    (content_root / "en/seal-loss.md").unlink()
    spoiled = CliRunner().invoke(app, arguments)
    assert spoiled.exit_code == 1
    assert "zh/seal-loss.md:1 [id]" in spoiled.output


def test_the_library_is_tried_without_each_question(content_root: Path) -> None:
    arguments = ["evaluate", "--root", str(content_root), "--json"]
    figures = json.loads(CliRunner().invoke(app, arguments).output)
    assert figures["zh"]["entries"] == figures["en"]["entries"] == 3
    assert figures["zh"]["in_use"]["refused"] > 0.9


def test_what_missing_entries_do_is_measured_on_questions_nobody_learned_from(
    faq: list[str], content_root: Path
) -> None:
    arguments = ["evaluate", "--root", str(content_root), "--folds", "3"]
    figures = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).output)
    for language in ("zh", "en"):
        missing = figures[language]["missing"]
        assert missing["folds"] == 3
        assert 0 <= missing["answered"] <= missing["p_at_1"] <= 1
    told = CliRunner().invoke(app, [*arguments, "--language", "en"]).output
    assert told.count("With one entry in 3 missing") == 2
    asked = CliRunner().invoke(app, [*faq, "--root", str(content_root), "--folds", "2"])
    assert asked.exit_code == 0, asked.output
    assert "1/2" in asked.output


def test_a_question_whose_entry_is_missing_is_counted_as_refused_or_not() -> None:
    documents = [
        Document((f"怎么办{name}", f"{name}要带什么", f"我想{name}", f"{name}流程"), f"说明{name}")
        for name in ("开户", "销户", "转账", "挂失", "贴现", "理财", "外汇", "贷款")
    ]
    learning = (Forms(Synonyms([])), "zh", default_settings())
    labelled = [(f"请问{name}怎么弄", row) for row, name in enumerate(("开户", "销户", "转账"))]
    result = evaluate_missing(documents, labelled, learning, (4, 0))
    assert (result.p_at_1, result.answered, result.refused) == (1.0, 1.0, 1.0)
    own = evaluate_missing(documents, (), learning, (4, 0))
    assert own.p_at_1 > 0.8
    assert own.precision > 0.8


def test_without_json_there_is_a_line_a_language_and_a_table_for_a_faq(
    faq: list[str], content_root: Path
) -> None:
    root = ["--root", str(content_root), "--language", "en"]
    lines = CliRunner().invoke(app, ["evaluate", *root])
    assert lines.exit_code == 0, lines.output
    assert [line[:4] for line in lines.stdout.splitlines()] == ["zh: ", "en: "]
    table = CliRunner().invoke(app, [*faq, "--root", str(content_root)])
    assert table.exit_code == 0, table.output
    assert "whole text" in table.stdout


def test_ranking_figures_are_those_worked_by_hand() -> None:
    figures = quality([1, 2, 4], seconds=0.006)
    assert figures.p_at_1 == pytest.approx(1 / 3)
    assert figures.r_at_3 == pytest.approx(2 / 3)
    assert figures.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)
    assert figures.ms == pytest.approx(2.0)


def test_folds_never_learn_from_the_questions_they_are_judged_on(
    faq: list[str], content_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught: list[set[int]] = []

    def watched(known: object, labelled: Sequence[Lesson], default: Combination) -> object:
        taught.append({id(lesson) for lesson in labelled})
        return np.array(default.weights)

    monkeypatch.setattr("knowledge.evaluate_faq.learn_weights", watched)
    arguments = [*faq, "--root", str(content_root), "--folds", "2", "--json"]
    figures = json.loads(CliRunner().invoke(app, arguments).output)
    assert figures["folds"] == 2
    assert [len(lessons) for lessons in taught] == [1, 1]
    assert not taught[0] & taught[1]


def test_the_threshold_is_the_lowest_that_keeps_the_precision() -> None:
    trials = [
        Trial(0.9, right=True, related=True),
        Trial(0.8, right=True, related=True),
        Trial(0.7, right=False, related=False),
        Trial(0.6, right=True, related=True),
    ]
    assert choose_bound(trials, 1.0).threshold == 0.8
    bound = choose_bound(trials, 0.75)
    assert (bound.threshold, bound.precision, bound.refused) == (0.6, 0.75, 0.0)


def of_two(rivalry: float, right: bool) -> Trial:
    return Trial(0.9, right=right, related=True, rivalry=rivalry, right_of_two=True)


def test_two_rivals_are_offered_where_the_best_alone_would_be_right_too_seldom() -> None:
    """The odds of the best are 1 where the second is as near, 2 at a half, 4 at a quarter."""
    rng = np.random.default_rng(5)
    nearness = rng.uniform(size=4000)
    trials = [of_two(each, rng.uniform() < 1 / (1 + each)) for each in nearness]
    neither = [Trial(0.9, right=False, related=True, rivalry=0.1)] * 1000
    assert choose_rivalry([*trials, *neither], 2 / 3, 0.0) == pytest.approx(0.5, abs=0.08)
    assert choose_rivalry(trials, 0.6, 0.0) > choose_rivalry(trials, 0.8, 0.0)
    assert choose_rivalry(trials, 0.3, 0.0) == 1.0
    assert choose_rivalry(trials, 0.999, 1.0) < 0.01


def test_the_usual_rivalry_stays_where_questions_show_no_trend() -> None:
    alike = [of_two(0.9, True), of_two(0.1, False)]
    assert choose_rivalry(alike, 0.75, 0.7) == 0.7
    assert choose_rivalry([of_two(0.5, True)] * 40, 0.75, 0.7) == 0.7
    assert choose_rivalry(alike * 20, 0.75, 0.7) == 0.7


def test_the_wanted_share_of_what_nothing_answers_is_refused() -> None:
    trials = [Trial(score, right=False, related=False) for score in (0.1, 0.2, 0.3, 0.8)]
    bound = refusing_bound(trials, 0.75)
    assert [trial.score >= bound for trial in trials] == [False, False, False, True]
    assert refusing_bound(trials, 0.0) == 0.0
