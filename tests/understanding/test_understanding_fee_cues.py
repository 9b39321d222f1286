"""What a fee question wants besides a fee is read in both languages, and what only goes on too."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.fee_cues import (
    Length,
    asks_price_of_more,
    bare_fee_details,
    compares_channels,
    compares_grades,
    find_division,
    find_grade,
    find_length,
    find_offers,
    wants_free,
)

TODAY = date(2026, 11, 25)
with (Path(__file__).parent / "fee_cues.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))


def said(length: Length | None) -> str:
    if length is None:
        return ""
    return f"{length.months} months" if length.months else f"{length.days} days"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_question_about_a_fee_is_read_for_what_it_wants(case: dict[str, str]) -> None:
    text = case["text"]
    wants = {
        "grades": compares_grades(text),
        "channels": compares_channels(text),
        "free": wants_free(text),
    }
    assert [name for name, wanted in wants.items() if wanted] == case["wants"].split()
    assert (find_grade(text) or "") == case["grade"]
    assert said(find_length(text, TODAY)) == case["length"]
    assert str(find_division(text) or "") == case["division"]
    assert bare_fee_details(text, TODAY) == (case["bare"] == "yes")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("transfers of 300k and 800k", [(300_000, None, "CNY"), (800_000, None, "CNY")]),
        (
            "300,000 and 800,000 and 5,000",
            [(300_000, None, "CNY"), (800_000, None, "CNY"), (5_000, None, "CNY")],
        ),
        ("between 300k and 800k", [(300_000, 800_000, "CNY")]),
        ("30万到80万", [(300_000, 800_000, "CNY")]),
        ("USD 20,000 and EUR 30,000", [(20_000, None, "USD"), (30_000, None, "EUR")]),
    ],
)
def test_two_amounts_are_no_range(text: str, amounts: list[tuple[int, int | None, str]]) -> None:
    found = [(a.minor // 100, a.upper and a.upper // 100, a.currency) for a in find_offers(text)]
    assert found == amounts


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    find_length(text, TODAY)
    find_division(text)
    bare_fee_details(text, TODAY)
    find_offers(text)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("对账单邮寄收费吗", True),
        ("帮我算下50万存一年定期多少利息", True),
        ("how much is a notary's fee", True),
        ("那从柜台办的话客户要出多少钱", False),
        ("这个费用一年多少钱", False),
        ("and the fee as of last november?", False),
        ("VIP便宜多少钱", False),
        ("保管箱", False),
    ],
)
def test_the_price_of_something_else_is_told_from_a_detail(text: str, more: bool) -> None:
    assert asks_price_of_more(text, TODAY) == more
