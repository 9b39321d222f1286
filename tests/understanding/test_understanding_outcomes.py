"""What became of an offer is read from how managers write it, in both languages."""

import pytest

from assistant.understanding.outcomes import (
    asks_a_question,
    asks_to_note,
    read_outcome,
    says_taken_back,
)


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("李雷对国债没兴趣,嫌收益低", "refused", "low_return"),
        ("Fang Zi refused the fund: too risky", "refused", "too_risky"),
        ("她不感兴趣", "refused", None),
        ("她感兴趣", "interested", None),
        ("没有意向", "refused", None),
        ("有意向", "interested", None),
        ("客户没买", "refused", None),
        ("客户买了", "sold", None),
        ("跟他推荐过了", "offered", None),
        ("推错客户了，他拒绝", "wrong_client", None),
        ("怕虧本", "refused", "too_risky"),
        ("年費太貴，不办", "refused", "too_expensive"),
        ("让我别再打电话", "refused", "leave_alone"),
        ("他在工行已经有了", "refused", "other_bank"),
        ("以后再说", "refused", "later"),
        ("手头紧，暂时不买", "refused", "no_money"),
        ("用不上", "refused", "no_need"),
        ("not interested at all", "refused", None),
        ("is interested in it", "interested", None),
        ("she doesn't want it", "refused", None),
        ("she wants it", "interested", None),
        ("DIDN’T BUY", "refused", None),
        ("bought two", "sold", None),
        ("pitched it yesterday", "offered", None),
        ("the fees are too high", "refused", "too_expensive"),
        ("they have it at another bank", "refused", "other_bank"),
        ("wrong client for this", "wrong_client", None),
        ("stop calling, he said", "refused", "leave_alone"),
        ("方梓", None, None),
        ("Fang Zi", None, None),
        ("", None, None),
    ],
)
def test_an_outcome_and_its_reason_are_read(
    text: str, kind: str | None, reason: str | None
) -> None:
    said = read_outcome(text)
    assert (said.kind, said.reason) == (kind, reason)


def test_a_reason_is_kept_for_refusals_only() -> None:
    assert read_outcome("买了，虽然嫌贵").kind == "refused"
    assert read_outcome("sold although pricey").reason is None


@pytest.mark.parametrize("text", ["记一下结果", "please record the outcome"])
def test_asking_to_note_is_no_outcome_yet(text: str) -> None:
    assert asks_to_note(text)
    assert read_outcome(text).kind is None


@pytest.mark.parametrize(
    "text", ["已经买了哪些理财", "他办过信用卡没", "她买了吗", "has she bought it", "he took it?"]
)
def test_a_question_is_no_report(text: str) -> None:
    assert asks_a_question(text)


@pytest.mark.parametrize("text", ["她没买，嫌贵", "李雷没兴趣", "he has bought it", "没有意向"])
def test_a_report_is_no_question(text: str) -> None:
    assert not asks_a_question(text)


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("记错了", True),
        ("不对，我记错客户了，撤销", True),
        ("撤销刚才那条", True),
        ("把刚才的记录删了吧", True),
        ("取消", True),
        ("undo that", True),
        ("Sorry, that was wrong.", True),
        ("please take that back", True),
        ("wrong client, undo it", True),
        ("", False),
        ("吧", False),
        ("取消网银要什么手续", False),
        ("撤销开户许可证怎么办", False),
        ("他拒绝了", False),
        ("how do I cancel a standing order", False),
        ("please", False),
    ],
)
def test_taking_back_is_read_only_where_nothing_else_is_said(text: str, taken_back: bool) -> None:
    assert says_taken_back(text) is taken_back
