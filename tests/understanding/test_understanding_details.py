"""Channels, kinds of client and bare details are read in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.details import (
    bare_details,
    find_channels,
    find_client_kind,
)
from assistant.understanding.folding import fold


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("从柜面汇80万怎么收费", ("counter",)),
        ("網銀呢", ("online",)),
        ("手机银行和网银哪个便宜", ("mobile", "online")),
        ("手机网银", ("mobile",)),
        ("and from the counter?", ("counter",)),
        ("internet banking", ("online",)),
        ("on the app", ("mobile",)),
        ("ATM转账", ("atm",)),
        ("telephone banking", ("phone",)),
        ("电话银行", ("phone",)),
        ("compare online with the branch", ("online", "counter")),
        ("客户经理", ()),
        ("approach", ()),
        ("webinar", ()),
        ("", ()),
    ],
)
def test_channels_are_found_in_the_order_of_the_text(text: str, channels: tuple[str, ...]) -> None:
    assert find_channels(text) == channels


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("对公的", "corporate"),
        ("公司客户", "corporate"),
        ("單位賬戶", "corporate"),
        ("for a company", "corporate"),
        ("个人", "personal"),
        ("对私", "personal"),
        ("private clients", "personal"),
        ("对公和个人", None),
        ("accompany", None),
        ("200个人一个月多少钱", None),
        ("公司代发200个人", "corporate"),
        ("80万", None),
    ],
)
def test_the_kind_of_client_is_found_unless_both_are_named(text: str, kind: str | None) -> None:
    assert find_client_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "80万", "那网银呢", "and from the counter?", "对公的", "no, 60,000", "对公和个人",
        "公司客户 柜台 5万", "三笔",
        "不对，是六万", "5万块钱吧", "what about mobile", "it's for a company", "大概20万",
        "10 transfers", "ATM",
    ],
)  # fmt: skip
def test_a_bare_detail_is_recognised_with_the_empty_words_around_it(text: str) -> None:
    assert bare_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "王建国", "企业网银年费", "从柜面汇80万怎么收费", "个人客户开户要什么材料", "国债",
        "你好", "the weather online",
        "recommend something for a company", "谢谢", "那呢",
    ],
)  # fmt: skip
def test_a_question_of_its_own_is_no_bare_detail(text: str) -> None:
    assert not bare_details(text)


@given(st.text(max_size=60))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)
    bare_details(text)
