"""What nobody could answer is kept, grouped, owned, answered once, and told to all who asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from assistant.services.errors import GapGone, NotKnowledgeOwner
from assistant.services.gaps.closing import Closed, close, join
from assistant.services.gaps.listing import list_gaps
from assistant.services.gaps.working import GapWork, Step, work_on
from assistant.services.procedures import find_answer
from crm.gaps.queue import OpenGap, open_gaps
from crm.store.tables.audit import AuditRow
from crm.terms import GapStatus
from tests.support.gap_bench import MANAGERS, OTHER_OWNER, OWNER, GapBench

ASKED = (
    "e-CNY钱包企业能开吗",
    "公司想开e-CNY钱包",
    "can a company open an e-CNY wallet",
)
ANSWER = {
    "title_zh": "企业e-CNY钱包开立",
    "title_en": "Opening an e-CNY wallet for a company",
    "answer_zh": "由开立基本户的网点受理，带营业执照和经办人身份证，当日开通。",
    "answer_en": "At the branch of the basic account, with the licence; open the same day.",
}


def asked_by_all(bench: GapBench) -> OpenGap:
    for manager, text in zip(MANAGERS, ASKED, strict=True):
        bench.ask(manager, text)
    bench.clerk.sort()
    [gap] = queue(bench)
    return gap


def queue(bench: GapBench) -> list[OpenGap]:
    with bench.store.read() as session:
        return open_gaps(session)


def press(bench: GapBench, gap: OpenGap, step: Step, by: str = OWNER, **more: str) -> GapWork:
    with bench.as_owner(by=by, gap_id=str(gap.gap_id), gap_step=step, **more) as (session, asked):
        return work_on(bench.resources, session, asked)


def type_in(bench: GapBench, text: str, by: str = OWNER) -> GapWork:
    with bench.as_owner(text, by) as (session, question):
        return work_on(bench.resources, session, question)


def write_answer(bench: GapBench, gap: OpenGap, by: str = OWNER) -> GapWork:
    work = press(bench, gap, Step.NEW, by)
    while work.wanted is not None:
        work = type_in(bench, ANSWER[work.wanted], by)
    return work


def finish(bench: GapBench, gap: OpenGap, by: str = OWNER) -> Closed:
    with bench.as_owner(by=by, gap_id=str(gap.gap_id), gap_step=Step.PUBLISH) as (session, asked):
        return close(bench.resources, session, asked)


def told(bench: GapBench) -> dict[str, list[str]]:
    bench.outbox.deliver()
    return {manager: bench.outbox.told(f"web:{manager}:main") for manager in MANAGERS}


def test_three_ways_of_asking_in_two_languages_make_one_gap(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    assert (gap.wording, gap.askers, gap.asks) == (ASKED[0], 3, 3)
    assert gap.owner_id in {OWNER, OTHER_OWNER}
    assert gap.due_at > bench.clock()


def test_an_answer_is_told_to_all_who_asked_each_in_his_language(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    assert write_answer(bench, gap).ready
    assert finish(bench, gap).told == 3
    heard = told(bench)
    for manager, text in zip(MANAGERS, ASKED, strict=True):
        [first] = heard[manager]
        assert text in first
        assert ("Now there is an answer" in first) == (manager == MANAGERS[2])
    assert told(bench) == heard


def test_the_next_asker_gets_it_at_once_in_any_process(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    other, other_answers = bench.process()
    write_answer(bench, gap)
    finish(bench, gap)
    bench.answered.look()
    other_answers.look()
    for resources in (bench.resources, other):
        for text in (*ASKED, ANSWER["title_zh"], "opening an e-cny wallet for a company"):
            with bench.store.begin() as session:
                question = bench.question(session, MANAGERS[0], text)
                found = find_answer(resources, session, question)
            assert found.entry is not None, text
            assert found.entry.entry_id == f"answer-{gap.gap_id}"
            assert found.entry.notes in {ANSWER["answer_zh"], ANSWER["answer_en"]}
    assert queue(bench) == []


def test_an_answer_stays_when_the_files_are_read_anew(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    write_answer(bench, gap)
    finish(bench, gap)
    bench.answered.look()
    for read_anew, differs in ((bench.files, False), (bench.files.with_entries((), {}), True)):
        bench.resources.content.library = read_anew
        assert bench.answered.look() == differs
        assert bench.ask(MANAGERS[0], ASKED[0]).entry is not None


def test_a_version_in_the_files_takes_the_place_of_an_answer(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    press(bench, gap, Step.ENTRY, entry_id="fx-purchase-sale")
    type_in(bench, ANSWER["answer_zh"])
    type_in(bench, ANSWER["answer_en"])
    finish(bench, gap)
    bench.answered.look()
    before = bench.files.entry("fx-purchase-sale", "zh")
    assert before is not None
    taken_over = replace(before, version=before.version + 1, notes="taken over")
    bench.resources.content.library = bench.files.with_entries([taken_over], {})
    bench.answered.look()
    now = bench.resources.content.library.entry("fx-purchase-sale", "zh")
    assert now is not None
    assert now.notes == "taken over"


def test_an_answer_of_two_owners_at_once_is_published_once(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    write_answer(bench, gap)
    write_answer(bench, gap, OTHER_OWNER)
    finish(bench, gap)
    with pytest.raises(GapGone):
        finish(bench, gap, OTHER_OWNER)
    assert {len(heard) for heard in told(bench).values()} == {1}


def test_nothing_is_published_before_everything_is_written(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    press(bench, gap, Step.NEW)
    type_in(bench, ANSWER["title_zh"])
    with pytest.raises(GapGone):
        finish(bench, gap)
    assert queue(bench) == [gap]


def test_what_was_written_is_kept_when_the_owner_comes_back(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    press(bench, gap, Step.NEW)
    type_in(bench, ANSWER["title_zh"])
    press(bench, gap, Step.LOOK)
    work = press(bench, gap, Step.NEW)
    assert (work.draft.title_zh, work.wanted) == (ANSWER["title_zh"], "answer_zh")


def test_an_old_publish_button_does_not_publish_another_gap(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    bench.ask(MANAGERS[0], "纪念币怎么预约")
    bench.clerk.sort()
    other = next(one for one in queue(bench) if one.gap_id != gap.gap_id)
    write_answer(bench, gap)
    with pytest.raises(GapGone):
        finish(bench, other)
    assert len(queue(bench)) == 2


def test_an_entry_that_says_it_already_learns_the_wordings(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    before = bench.files.entry("fx-purchase-sale", "zh")
    work = press(bench, gap, Step.AS_IT_IS, entry_id="fx-purchase-sale")
    assert work.ready
    finish(bench, gap)
    bench.answered.look()
    for manager, text in zip(MANAGERS, ASKED, strict=True):
        found = bench.ask(manager, text)
        assert found.entry is not None
        assert found.entry.entry_id == "fx-purchase-sale"
    assert bench.resources.content.library.entry("fx-purchase-sale", "zh") == before


def test_an_addition_makes_a_new_version_of_the_entry(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    before = bench.files.entry("fx-purchase-sale", "zh")
    assert before is not None
    press(bench, gap, Step.ENTRY, entry_id="fx-purchase-sale")
    type_in(bench, ANSWER["answer_zh"])
    assert type_in(bench, ANSWER["answer_en"]).ready
    finish(bench, gap)
    bench.answered.look()
    after = bench.resources.content.library.entry("fx-purchase-sale", "zh")
    assert after is not None
    assert (after.version, after.steps) == (before.version + 1, before.steps)
    assert after.notes.endswith(ANSWER["answer_zh"])
    assert f"李{OWNER}" in after.source


def test_a_rejection_is_told_with_its_reason(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    press(bench, gap, Step.REJECT)
    assert type_in(bench, "由总行统一答复，不进知识库").ready
    closed = finish(bench, gap)
    assert (closed.status, closed.told) == (GapStatus.REJECTED, 3)
    assert all("由总行统一答复，不进知识库" in heard[0] for heard in told(bench).values())
    bench.answered.look()
    assert bench.resources.content.library is bench.files


def test_two_gaps_can_be_joined_by_hand(bench: GapBench) -> None:
    bench.ask(MANAGERS[0], "残损的纸币怎么换")
    bench.ask(MANAGERS[1], "where can damaged banknotes be exchanged")
    bench.clerk.sort()
    first, second = sorted(queue(bench), key=lambda gap: gap.gap_id)
    assert press(bench, second, Step.LOOK).maybe == first
    choices = {"gap_id": str(second.gap_id), "gap_step": Step.JOIN, "gap_into": str(first.gap_id)}
    with bench.as_owner(**choices) as (session, question):
        join(bench.resources, session, question)
    [gap] = queue(bench)
    assert (gap.gap_id, gap.askers) == (first.gap_id, 2)


def test_who_asks_in_the_moment_of_the_answer_is_told_as_well(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    write_answer(bench, gap)
    bench.ask(MANAGERS[0], "企业的e-CNY钱包能开吗")
    finish(bench, gap)
    bench.clerk.sort()
    assert queue(bench) == []
    assert [len(heard) for heard in told(bench).values()] == [2, 1, 1]


def test_only_a_knowledge_owner_sees_or_changes_anything(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    with pytest.raises(NotKnowledgeOwner) as refused:
        press(bench, gap, Step.LOOK, by=MANAGERS[0])
    assert refused.value.refused == "gaps:work_on_gap"
    with bench.as_owner(by=MANAGERS[0]) as (session, asked), pytest.raises(NotKnowledgeOwner):
        list_gaps(bench.resources, session, asked)


def test_what_is_decided_stands_in_the_audit_log(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    write_answer(bench, gap)
    finish(bench, gap)
    with bench.store.read() as session:
        row = session.scalars(sa.select(AuditRow).where(AuditRow.subject == f"gap:{gap.gap_id}"))
        [logged] = [(one.actor, one.action, one.outcome) for one in row]
    assert logged == (OWNER, "gap_answered", "done")


def test_an_owner_is_reminded_once_a_day_from_the_due_day_on(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    assert bench.clerk.see_to_owners() == 0
    for days, reminders in ((3, 1), (3, 1), (4, 2)):
        bench.clock.ahead = timedelta(days=days, minutes=1)
        bench.clerk.see_to_owners()
        bench.outbox.deliver()
        assert len(bench.outbox.told(f"web:{gap.owner_id}:main")) == reminders


def test_gaps_are_shared_out_evenly(bench: GapBench) -> None:
    for text in ("纪念币怎么预约", "视障客户怎么签字", "ETC怎么办", "实物金条怎么回购"):
        bench.ask(MANAGERS[0], text)
    bench.clerk.sort()
    owners = [gap.owner_id for gap in queue(bench)]
    assert sorted(owners) == [OWNER, OWNER, OTHER_OWNER, OTHER_OWNER]


def test_a_gap_whose_owner_left_goes_to_another(bench: GapBench) -> None:
    gap = asked_by_all(bench)
    with bench.store.begin() as session:
        session.execute(
            sa.text("UPDATE employees SET role = 'expert' WHERE employee_id = :id"),
            {"id": gap.owner_id},
        )
    bench.clerk.see_to_owners()
    [again] = queue(bench)
    assert {gap.owner_id, again.owner_id} == {OWNER, OTHER_OWNER}


def test_sorting_side_by_side_opens_no_gap_twice(bench: GapBench) -> None:
    for manager, text in zip(MANAGERS, ASKED, strict=True):
        bench.ask(manager, text)
    with bench.store.read() as session:
        seen_before = bench.clerk._known(session)
    bench.clerk.sort()
    with bench.store.read() as session:
        assert bench.clerk._known(session) != seen_before
    assert bench.clerk.sort() == 0
    assert len(queue(bench)) == 1
