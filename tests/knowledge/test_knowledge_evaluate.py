"""The commands measure and check on any files of the agreed forms."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.faq import LabelledQuestion
from knowledge.ranking import measure
from knowledge.search.trial import Trial, choose_bound

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


def test_without_json_there_is_a_line_a_language_and_a_table_for_a_faq(
    faq: list[str], content_root: Path
) -> None:
    root = ["--root", str(content_root), "--language", "en"]
    lines = CliRunner().invoke(app, ["evaluate", *root])
    assert lines.exit_code == 0, lines.output
    assert [line[:4] for line in lines.stdout.splitlines()] == ["zh: ", "en: "]
    table = CliRunner().invoke(app, [*faq, "--root", str(content_root)])
    assert table.exit_code == 0, table.output
    assert "hybrid" in table.stdout


def test_ranking_figures_are_those_worked_by_hand_and_ties_count_against() -> None:
    scores = {"first": [3.0, 1, 2, 0], "second": [2.0, 2, 1, 0], "fourth": [4.0, 3, 2, 1]}
    asked = [
        LabelledQuestion("first", 0),
        LabelledQuestion("second", 0),
        LabelledQuestion("fourth", 3),
    ]
    quality = measure(lambda text: np.array(scores[text]), asked)
    assert quality.p_at_1 == pytest.approx(1 / 3)
    assert quality.r_at_3 == pytest.approx(2 / 3)
    assert quality.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)


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
