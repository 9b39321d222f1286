"""The figures of the loop are those of what happened, as a table and as a picture."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.replies.gap_figures import duration, figure_values
from assistant.replies.templates import Words
from assistant.running.gap_plot import draw
from crm.gaps import queue
from crm.gaps.asks import NewAsk, note_ask, unsorted_asks
from crm.gaps.figures import GapFigures, gap_figures
from crm.gaps.queue import Closing
from crm.store.tables.gaps import GapAsk
from crm.terms import GapKind, GapStatus
from tests.support.gap_bench import MANAGERS, OWNER, GapBench

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def happened(bench: GapBench) -> GapFigures:
    """Three gaps in three weeks: answered after 4 hours, after 2 days, and open and late."""
    told = ((20, "甲", 3, 4), (8, "乙", 1, 48), (5, "丙", 2, None))
    with bench.store.begin() as session:
        for days, wording, times, hours in told:
            at = NOW - timedelta(days=days)
            gap_id = None
            for number in range(times):
                question = bench.question(session, MANAGERS[number], wording)
                new = NewAsk(
                    question.turn_id, GapKind.NOT_FOUND, MANAGERS[number], "zh", wording, []
                )
                note_ask(session, new, at, at.date())
                session.flush()
                [ask] = unsorted_asks(session)
                gap_id = gap_id or queue.open_gap(session, ask, OWNER, at, at + timedelta(days=3))
                session.get_one(GapAsk, ask.ask_id).gap_id = gap_id
                session.flush()
            if gap_id is not None and hours is not None:
                closed = Closing(GapStatus.ANSWERED, OWNER, at + timedelta(hours=hours))
                queue.close_gap(session, gap_id, closed)
    with bench.store.read() as session:
        return gap_figures(session, NOW, NOW - timedelta(days=90))


def test_figures_count_what_happened(bench: GapBench) -> None:
    found = happened(bench)
    assert (found.opened, found.answered, found.rejected) == (3, 2, 0)
    assert (found.still_open, found.overdue) == (1, 1)
    assert (found.asks, found.askers) == (6, 3)
    assert found.answered_share == pytest.approx(2 / 3)
    assert found.median_time == timedelta(hours=26)
    assert [(wording, times) for _, wording, times, _ in found.most_asked] == [
        ("甲", 3),
        ("丙", 2),
        ("乙", 1),
    ]
    assert [(opened, answered) for _, opened, answered in found.weeks] == [(1, 1), (0, 0), (2, 1)]


def test_what_is_older_than_asked_for_does_not_count(bench: GapBench) -> None:
    happened(bench)
    with bench.store.read() as session:
        found = gap_figures(session, NOW, NOW - timedelta(days=6))
    assert (found.opened, found.answered, found.answered_share) == (1, 0, 0.0)


def test_without_anything_there_is_no_share_and_no_time(bench: GapBench, words: Words) -> None:
    with bench.store.read() as session:
        found = gap_figures(session, NOW, NOW - timedelta(days=90))
    assert (found.answered_share, found.median_time, found.weeks) == (None, None, ())
    assert figure_values(words, "zh", found)["answered_share"] == "–"


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        (timedelta(minutes=7), "7 分钟", "7 min"),
        (timedelta(hours=26), "1 天 2 小时", "1 d 2 h"),
        (timedelta(hours=3, minutes=59), "3 小时", "3 h"),
    ],
)
def test_a_time_is_read_in_days_and_hours(words: Words, time: timedelta, zh: str, en: str) -> None:
    assert (duration(words, "zh", time), duration(words, "en", time)) == (zh, en)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_plot_is_drawn_whether_or_not_there_is_anything(
    bench: GapBench, words: Words, tmp_path: Path, kind: str
) -> None:
    with bench.store.read() as session:
        nothing = gap_figures(session, NOW, NOW - timedelta(days=90))
    for number, figures in enumerate((nothing, happened(bench))):
        path = tmp_path / f"{number}.{kind}"
        draw(figures, words, "zh", path)
        assert path.stat().st_size > 5_000


def test_the_commands_show_queue_and_figures(
    bench: GapBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(bench)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bank.db'}")
    monkeypatch.setenv("COLUMNS", "120")
    run = CliRunner().invoke
    assert "丙" in run(app, ["gaps", "--language", "zh"]).output
    listed = run(app, ["gaps", "--json"]).output
    assert '"wording": "丙"' in listed
    picture = tmp_path / "gaps.png"
    said = run(app, ["gaps", "--figures", "--days", "900", "--plot", str(picture)])
    assert said.exit_code == 0, said.output
    assert picture.exists()


def test_a_store_that_is_not_there_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    said = CliRunner().invoke(app, ["gaps", "--language", "en"])
    assert said.exit_code == 1
    assert "cannot be used" in said.output
    assert not (tmp_path / "none.db").exists()
