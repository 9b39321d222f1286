"""Products are found by name, nickname, code or with a slip; the longest name wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.products import ProductName, find_products

CATALOGUE = (
    ProductName("EBANK_P", "个人网上银行", "Personal e-banking", ("网银", "个人网银", "e-banking")),
    ProductName(
        "EBANK_C", "企业网上银行", "Corporate e-banking", ("网银", "企业网银", "e-banking")
    ),
    ProductName(
        "BOND", "储蓄国债", "Treasury bond", ("国债", "treasury bonds", "government bonds")
    ),
    ProductName("CREDIT_CARD", "信用卡", "Credit card", ("贷记卡",)),
    ProductName("LC", "信用证", "Letter of credit", ("开证", "L/C")),
    ProductName("INSURANCE", "代理人身保险", "Life insurance", ("保险", "insurance")),
    ProductName("GOLD", "积存金", "Gold accumulation plan", ("黄金", "gold")),
    ProductName("MORTGAGE", "个人住房贷款", "Personal housing loan", ("房贷", "mortgage")),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("国债", ["BOND"]),
        ("为什么推荐国债给她", ["BOND"]),
        ("企业网银年费", ["EBANK_C"]),
        ("企业网上银行", ["EBANK_C"]),
        ("网银怎么开", ["EBANK_P", "EBANK_C"]),
        ("信用卡和信用证", ["CREDIT_CARD", "LC"]),
        ("TREASURY BONDS for her", ["BOND"]),
        ("ＧＯＬＤ", ["GOLD"]),
        ("黃金", ["GOLD"]),
        ("what about corporate e-banking?", ["EBANK_C"]),
        ("letter of credit fee", ["LC"]),
        ("l/c", ["LC"]),
        ("ebank_p", ["EBANK_P"]),
    ],
)
def test_a_product_is_found_as_the_catalogue_writes_it(text: str, ids: list[str]) -> None:
    matches = find_products(text, CATALOGUE)
    assert [match.product_id for match in matches] == ids
    assert {match.score for match in matches} == {1.0}


@pytest.mark.parametrize(
    ("text", "product_id"),
    [
        ("国寨", "BOND"),
        ("企业网垠", "EBANK_C"),
        ("insurence for him", "INSURANCE"),
        ("mortage", "MORTGAGE"),
        ("goverment bonds", "BOND"),
        ("报险", "INSURANCE"),
    ],
)
def test_a_slip_is_forgiven_but_scores_less(text: str, product_id: str) -> None:
    matches = find_products(text, CATALOGUE)
    assert [match.product_id for match in matches] == [product_id]
    assert 0 < matches[0].score < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀",
        "今天天气",
        "what does he hold",
        "张伟",
        "goldman",
        "柜面汇80万",
        "credited",
        "这个客户",
    ],
)
def test_what_is_no_product_is_not_taken_for_one(text: str) -> None:
    assert find_products(text, CATALOGUE) == ()


def test_a_match_says_where_it_stands_in_the_text_as_typed() -> None:
    text = "请问　ＧＯＬＤ呢"
    (match,) = find_products(text, CATALOGUE)
    assert text[match.start : match.end] == "ＧＯＬＤ"


def test_an_empty_catalogue_names_nothing() -> None:
    assert find_products("国债", ()) == ()


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    for match in find_products(text, CATALOGUE):
        assert 0 <= match.start < match.end <= len(text)
