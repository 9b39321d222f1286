"""What was declined is kept for a knowledge owner when its asker says that it is business."""

import pytest
import sqlalchemy as sa

from assistant.services import errors
from assistant.services.gaps.keeping import keep, may_be_kept
from crm.gaps.queue import open_gaps
from crm.store.tables.gaps import GapAsk
from crm.terms import GapKind
from tests.support.gap_bench import MANAGERS, GapBench

DECLINED = "卡号6222 0212 3456 7890 123怎么报税"


def declined(bench: GapBench, text: str = DECLINED, by: str = MANAGERS[0]) -> str:
    """Ask what is declined; return its turn."""
    with bench.store.begin() as session:
        return bench.question(session, by, text).turn_id


def press(bench: GapBench, turn_id: str, by: str = MANAGERS[0]) -> None:
    with bench.store.begin() as session:
        question = bench.question(session, by, choices={"asked_turn": turn_id})
        keep(bench.resources, session, question)


def kept(bench: GapBench) -> list[tuple[str, str, str]]:
    with bench.store.read() as session:
        rows = session.scalars(sa.select(GapAsk).order_by(GapAsk.ask_id))
        return [(row.kind, row.text, row.employee_id) for row in rows]


def test_the_declined_question_is_kept_not_the_button_and_without_card_numbers(
    bench: GapBench,
) -> None:
    press(bench, declined(bench))
    [(kind, text, asker)] = kept(bench)
    assert (kind, asker) == (GapKind.NOT_FOUND, MANAGERS[0])
    assert text.endswith("怎么报税")
    assert "6222" not in text


def test_it_stands_in_the_queue_once_however_often_the_button_is_pressed(bench: GapBench) -> None:
    turn_id = declined(bench)
    for _ in range(3):
        press(bench, turn_id)
        bench.clerk.sort()
    with bench.store.read() as session:
        [gap] = open_gaps(session)
    assert (gap.asks, gap.askers) == (1, 1)


@pytest.mark.parametrize("turn_id", ["", "t999"])
def test_a_turn_there_never_was_is_told_and_nothing_is_kept(bench: GapBench, turn_id: str) -> None:
    with pytest.raises(errors.QuestionGone):
        press(bench, turn_id)
    assert kept(bench) == []


def test_nobody_passes_on_what_another_person_asked(bench: GapBench) -> None:
    turn_id = declined(bench)
    with pytest.raises(errors.QuestionGone):
        press(bench, turn_id, by=MANAGERS[1])
    assert kept(bench) == []


@pytest.mark.parametrize(("text", "offered"), [("怎么报税", True), ("哈哈", False), ("hm", False)])
def test_only_what_says_something_can_be_passed_on(
    bench: GapBench, text: str, offered: bool
) -> None:
    with bench.store.begin() as session:
        assert may_be_kept(bench.question(session, MANAGERS[0], text)) is offered
