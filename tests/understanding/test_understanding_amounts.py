"""Amounts are read as people write them, and nothing else is taken for one."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.amounts import find_amounts, find_quantities

with Path(__file__).with_name("amounts.csv").open(encoding="utf-8", newline="") as _lines:
    TABLE = list(csv.DictReader(_lines))
YUAN = {
    "80万": 800_000, "八十万": 800_000, "捌拾万元整": 800_000, "1.2亿": 120_000_000, "80w": 800_000,
    "80W": 800_000, "3k": 3_000, "3K": 3_000, "3,500.50": 3500.5, "３５００元": 3500,
    "８０万": 800_000,
    "￥500": 500, "¥1,000": 1000, "¥ 1,000.05": 1000.05, "half a million": 500_000,
    "60,000 yuan": 60_000, "两千五": 2500, "六万": 60_000, "3百万": 3_000_000, "十二万五": 125_000,
    "一个亿": 100_000_000, "1.5个亿": 150_000_000, "2.5 million": 2_500_000, "3万5": 35_000,
    "3w5": 35_000, "三点五万": 35_000, "1亿2000万": 120_000_000, "一亿两千万": 120_000_000,
    "一百五": 150, "九百": 900, "一千": 1000, "一万元": 10_000, "壹佰贰拾叁万元": 1_230_000,
    "二十": 20, "500": 500, "5": 5, "12元5角3分": 12.53, "3块5": 3.5, "一百块": 100, "五块钱": 5,
    "20元": 20, "人民币5万": 50_000, "RMB 300": 300, "rmb300": 300, "cny 20k": 20_000,
    "300rmb": 300,
    "two million": 2_000_000, "fifty thousand": 50_000, "a thousand yuan": 1000,
    "two hundred and fifty thousand yuan": 250_000, "ten thousand": 10_000, "1m": 1_000_000,
    "2bn": 2_000_000_000, "5mn": 5_000_000, "0.5亿": 50_000_000, "八十万零五百": 800_500,
    "二十五万三": 253_000, "两万三千五百": 23_500, "廿万": 200_000, "萬": None,
    "贰萬伍仟元整": 25_000,
    "从柜面汇80万怎么收费": 800_000, "转账 60000 收多少": 60_000, "汇50到上海": 50,
    "no, 60,000": 60_000,
    "不对，是六万": 60_000, "wire 30 to him": 30, "c000123的80万": 800_000, "转三笔每笔5万": 50_000,
    "5 transfers of 20k": 20_000, "send 120,000 from the counter": 120_000,
    "汇3500元的手续费": 3500,
    "那500万呢": 5_000_000, "make it 900k": 900_000, "一千零五十": 1050, "1万": 10_000,
    "100.00": 100, "0.5元": 0.5, "1,234,567.89": 1_234_567.89, "12.5万": 125_000, "一万二": 12_000,
    "三千万": 30_000_000, "5千": 5000, "5千2": 5200, "sixty thousand": 60_000,
    "quarter of a million": 250_000,
}  # fmt: skip
FOREIGN = {
    "$20": (2000, "USD"), "USD 20k": (2_000_000, "USD"), "usd20k": (2_000_000, "USD"),
    "US$1,000": (100_000, "USD"), "20k dollars": (2_000_000, "USD"), "5万美元": (5_000_000, "USD"),
    "美金两万": (2_000_000, "USD"), "1bn usd": (100_000_000_000, "USD"), "20 bucks": (2000, "USD"),
    "€300": (30_000, "EUR"), "一万欧元": (1_000_000, "EUR"), "10,000 euros": (1_000_000, "EUR"),
    "hk$3000": (300_000, "HKD"), "港币5万": (5_000_000, "HKD"), "两万港元": (2_000_000, "HKD"),
    "£50": (5000, "GBP"), "10000日元": (10_000, "JPY"), "jpy 500": (500, "JPY"),
    "a million dollars": (100_000_000, "USD"),
}  # fmt: skip
NOT_MONEY = [
    "", "😀", "C000123", "c000123", "Ｃ０００１２３", "3%", "0.5％", "5‰", "百分之五", "2026-11-23",
    "2026年", "11月23日",
    "2026/11/23", "10:30", "13812345678", "138-1234-5678", "0571-88886666", "6222021234567890123",
    "三笔", "5笔", "300人", "2个U盾", "6个月", "30天", "3-5天", "5个工作日", "一下", "一个",
    "千万别", "万一不行",
    "十分感谢", "前5名", "top 3", "第3", "第三个", "Q3", "R3", "C2", "七天通知存款", "2.5倍",
    "三家公司", "12期",
    "top 5 clients", "10 transfers", "3 years", "5 days", "two clients", "30 minutes", "5 percent",
    "一百个",
    "下午3点", "十点", "3.5折", "24小时", "尾号8888", "80岁", "option 2", "no. 500", "ISO9001",
    "v1.2", "一些", "两位客户", "几十万", "好几百万", "数百万", "千万要小心", "百万医疗险",
    "in 2024", "since 2024", "Q3 2024", "去年11月", "3 USB keys", "5号",
]  # fmt: skip


@pytest.mark.parametrize(("text", "yuan"), [(t, y) for t, y in YUAN.items() if y is not None])
def test_an_amount_in_yuan_is_read(text: str, yuan: float) -> None:
    (amount,) = find_amounts(text)
    assert (amount.minor, amount.currency) == (round(yuan * 100), "CNY")
    assert amount.upper is None
    assert not amount.approximate


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["text"]))
def test_an_amount_is_read_however_it_is_written(row: dict[str, str]) -> None:
    (amount,) = find_amounts(row["text"])
    minor = 10 ** get_currency_precision(row["currency"])
    assert (amount.currency, Decimal(amount.minor) / minor) == (
        row["currency"],
        Decimal(row["amount"]),
    )
    upper = None if amount.upper is None else Decimal(amount.upper) / minor
    assert upper == (Decimal(row["upper"]) if row["upper"] else None)
    assert amount.approximate == (row["approximate"] == "yes")


@pytest.mark.parametrize(("text", "expected"), FOREIGN.items())
def test_a_currency_is_kept_with_its_own_minor_units(text: str, expected: tuple[int, str]) -> None:
    (amount,) = find_amounts(text)
    assert (amount.minor, amount.currency) == expected


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_is_no_money_is_not_taken_for_it(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("5-10万", 50_000, 100_000),
        ("5万到10万", 50_000, 100_000),
        ("5万元至10万元", 50_000, 100_000),
        ("between 50,000 and 100,000", 50_000, 100_000),
        ("5 to 10 million", 5_000_000, 10_000_000),
        ("五六万", 50_000, 60_000),
        ("20k-30k", 20_000, 30_000),
    ],
)
def test_a_range_has_two_ends(text: str, lower: int, upper: int) -> None:
    (amount,) = find_amounts(text)
    assert (amount.minor, amount.upper) == (lower * 100, upper * 100)
    assert amount.approximate


@pytest.mark.parametrize(
    "text",
    [
        "大概80万",
        "80万左右",
        "80多万",
        "十几万",
        "about 80k",
        "around 5 million",
        "约3千",
        "20k or so",
    ],
)
def test_an_approximate_amount_says_so(text: str) -> None:
    (amount,) = find_amounts(text)
    assert amount.approximate


@pytest.mark.parametrize("text", ["-500", "负500", "minus 500", "¥-500", "-¥500", "汇-500元"])
def test_a_negative_amount_stays_negative_for_the_caller_to_refuse(text: str) -> None:
    (amount,) = find_amounts(text)
    assert amount.minor == -50_000


def test_several_amounts_come_in_the_order_of_the_text_with_their_places() -> None:
    text = "柜面汇８０万和网银汇3k"
    places = [text[amount.start : amount.end] for amount in find_amounts(text)]
    assert places == ["８０万", "3k"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("三笔", [3]), ("转三笔每笔5万", [3]), ("5 transfers of 20k", [5]),
        ("代发300人工资", [300]), ("2个U盾", [2]),
        ("二十张支票", [20]), ("three cheques", [3]), ("10户", [10]), ("6个月", []), ("一个亿", []),
        ("前5名", []),
        ("80万", []), ("", []), ("那个", []), ("一百个人", [100]), ("15 payments", [15]),
        ("哪一个", []), ("3 USB keys", [3]), ("buy 2 tokens", [2]), ("two passbooks", [2]),
    ],
)  # fmt: skip
def test_items_are_counted(text: str, counts: list[int]) -> None:
    assert [quantity.count for quantity in find_quantities(text)] == counts


@given(st.integers(min_value=100, max_value=10**11))
def test_grouped_digits_read_as_plain_ones(value: int) -> None:
    (grouped,), (plain,) = find_amounts(f"{value:,}元"), find_amounts(f"¥{value}.00")
    assert grouped.minor == plain.minor == value * 100


@given(st.text(max_size=80))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    for amount in find_amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
    find_quantities(text)
