"""What is kept of a question tells no client; what readers think of answers can be taken back."""

import pytest
import sqlalchemy as sa

from assistant.services.gaps.disputing import dispute
from assistant.services.gaps.masking import MASK, without_clients
from assistant.services.gaps.noting import take_feedback
from crm.employees import find_employee
from crm.gaps.feedback import feedback_on
from crm.gaps.queue import open_gaps
from crm.store.tables.clients import Client
from crm.store.tables.gaps import GapAsk
from crm.terms import GapKind, Verdict
from tests.support.gap_bench import MANAGERS, TODAY, GapBench

FOUND = "企业网银怎么开通"


@pytest.fixture
def clients(bench: GapBench) -> GapBench:
    """A bench whose first manager looks after a company and a person."""
    known = (
        ("C000001", "corporate", "云汀贸易有限公司", "Yunting Trading Co., Ltd."),
        ("C000002", "personal", "方紫", "Fang Zi"),
    )
    with bench.store.begin() as session:
        for client_id, kind, name, name_en in known:
            session.add(
                Client(
                    client_id=client_id,
                    kind=kind,
                    name=name,
                    name_en=name_en,
                    branch_id="B1",
                    manager_id=MANAGERS[0],
                    grade="standard",
                    region=None,
                    opened_on=TODAY,
                    risk_grade=None,
                    risk_expires_on=None,
                )
            )
    return bench


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("方紫想开数字人民币钱包", f"{MASK}想开数字人民币钱包"),
        ("云汀贸易有限公司能开钱包吗", f"{MASK}能开钱包吗"),
        ("云汀贸易能开钱包吗", f"{MASK}能开钱包吗"),
        ("can Fang Zi get a wallet", f"can {MASK} get a wallet"),
        ("C000002能开钱包吗", f"{MASK}能开钱包吗"),
        ("卡号6222 0212 3456 7890 123怎么开钱包", f"卡号{MASK}怎么开钱包"),
        ("客户电话13800138000收不到短信", f"客户电话{MASK}收不到短信"),
        ("发到 zhang.san@example.com 行吗", f"发到 {MASK} 行吗"),
        ("远川机械有限公司想做保理", f"{MASK}想做保理"),
        ("80万的钱包限额怎么调", "80万的钱包限额怎么调"),
        ("single transfer of 3,500,000 to a wallet", "single transfer of 3,500,000 to a wallet"),
        ("数字人民币钱包怎么给企业开", "数字人民币钱包怎么给企业开"),
        ("how to open a wallet for a company", "how to open a wallet for a company"),
    ],
)
def test_clients_are_blotted_out_and_the_matter_stays(
    clients: GapBench, text: str, kept: str
) -> None:
    with clients.store.read() as session:
        asker = find_employee(session, MANAGERS[0])
        assert without_clients(clients.resources, session, asker, text) == kept


def kept(bench: GapBench) -> list[tuple[str, str, bool]]:
    with bench.store.read() as session:
        rows = session.scalars(sa.select(GapAsk).order_by(GapAsk.ask_id))
        return [(row.kind, row.text, row.withdrawn_at is not None) for row in rows]


def judge(bench: GapBench, verdict: Verdict, message_id: int = 2) -> bool:
    with bench.store.begin() as session:
        asker = find_employee(session, MANAGERS[0])
        place = f"web:{MANAGERS[0]}:main", message_id
        return take_feedback(bench.resources, session, asker, place, verdict)


def test_a_thumb_down_is_kept_and_can_be_taken_back_and_given_again(bench: GapBench) -> None:
    bench.ask(MANAGERS[0], FOUND)
    assert judge(bench, Verdict.DOWN)
    assert kept(bench) == [(GapKind.THUMBS_DOWN, FOUND, False)]
    bench.clerk.sort()
    assert judge(bench, Verdict.UP)
    assert kept(bench) == [(GapKind.THUMBS_DOWN, FOUND, True)]
    with bench.store.read() as session:
        assert open_gaps(session) == []
        assert feedback_on(session, [2]) == {2: Verdict.UP}
    assert judge(bench, Verdict.DOWN)
    assert kept(bench) == [(GapKind.THUMBS_DOWN, FOUND, False)]


def test_a_thumb_up_alone_leaves_no_gap(bench: GapBench) -> None:
    bench.ask(MANAGERS[0], FOUND)
    assert judge(bench, Verdict.UP)
    assert kept(bench) == []


def test_only_an_answer_can_be_judged(bench: GapBench) -> None:
    bench.ask(MANAGERS[0], FOUND)
    assert not judge(bench, Verdict.DOWN, message_id=1)
    assert not judge(bench, Verdict.DOWN, message_id=99)
    assert kept(bench) == []


def test_a_dispute_keeps_the_question_and_offers_something_else(bench: GapBench) -> None:
    answered = bench.ask(MANAGERS[0], FOUND)
    assert answered.entry is not None
    with bench.store.begin() as session:
        question = bench.question(session, MANAGERS[0], "不是这个意思")
        found = dispute(bench.resources, session, question)
    assert found is not None
    assert found.asked == FOUND
    offered = [entry.entry_id for entry in found.alternatives]
    assert offered
    assert answered.entry.entry_id not in offered
    assert kept(bench) == [(GapKind.DISPUTED, FOUND, False)]


def test_a_dispute_that_says_what_was_meant_offers_that_first(bench: GapBench) -> None:
    bench.ask(MANAGERS[0], FOUND)
    with bench.store.begin() as session:
        question = bench.question(session, MANAGERS[0], "不对，我问的是个人网银怎么开通")
        found = dispute(bench.resources, session, question)
    assert found is not None
    assert found.alternatives[0].entry_id == "personal-ebanking-open"


def test_there_is_nothing_to_dispute_at_the_beginning(bench: GapBench) -> None:
    with bench.store.begin() as session:
        question = bench.question(session, MANAGERS[0], "不是这个意思")
        assert dispute(bench.resources, session, question) is None
    assert kept(bench) == []


@pytest.mark.parametrize("text", ["嗯嗯", "？？？", "ok", "hm hm", "123456"])
def test_what_says_nothing_is_not_kept(bench: GapBench, text: str) -> None:
    assert bench.ask(MANAGERS[0], text).missing
    assert kept(bench) == []
