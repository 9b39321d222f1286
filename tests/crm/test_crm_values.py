"""Every cell is read exactly, or refused with the sentence that fits."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.imports.values import (
    BadValue,
    amount,
    code,
    count,
    day,
    day_until,
    identifier,
    list_of,
    month_until,
    one_of,
    signed_amount,
    text,
    year_until,
)
from crm.terms import Grade

TODAY = date(2026, 6, 30)


@given(st.integers(min_value=-(10**16), max_value=10**16))
def test_every_amount_in_fen_survives_being_written_in_yuan(fen):
    """Decimal is the oracle: no cent is lost or gained, negative ones included."""
    assert signed_amount(str(Decimal(fen) / 100)) == fen


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_amounts_agree_with_decimal_arithmetic(yuan):
    """Zero, one or two decimals mean the same."""
    assert amount(f"{yuan:.2f}") == int(yuan * 100)
    assert amount(f"{yuan:.1f}") == int(Decimal(f"{yuan:.1f}") * 100)


@pytest.mark.parametrize(
    ("parse", "value", "refused_as"),
    [
        (amount, "1,234.50", "grouped_amount"),
        (amount, "1，234", "grouped_amount"),
        (amount, "12 345", "grouped_amount"),
        (amount, "1234.505", "too_fine_amount"),
        (amount, "-0.01", "negative_amount"),
        (amount, "12万", "bad_amount"),
        (amount, "1e3", "bad_amount"),
        (amount, "１２", "bad_amount"),
        (amount, "9" * 16, "bad_amount"),
        (amount, ".5", "bad_amount"),
        (count, "1.0", "bad_count"),
        (count, "-1", "bad_count"),
        (day, "2024-02-30", "impossible_date"),
        (day, "2024/02/03", "bad_date"),
        (day, "20240203", "bad_date"),
        (day_until(TODAY), "2026-07-01", "future"),
        (month_until(TODAY), "2026-13", "bad_month"),
        (month_until(TODAY), "2026-1", "bad_month"),
        (month_until(TODAY), "2026-07", "future"),
        (year_until(TODAY), "1899", "bad_year"),
        (year_until(TODAY), "2027", "bad_year"),
        (one_of(Grade), "Gold", "bad_choice"),
        (identifier, "C 1", "bad_id"),
        (identifier, "客户1", "bad_id"),
        (code, "为张三新建厂房", "bad_code"),
        (text, "a\x00b", "control_character"),
        (list_of(identifier), "A;B C", "bad_id"),
    ],
)
def test_a_bad_cell_is_refused_with_its_own_sentence(parse, value, refused_as):
    """The code decides what the person is told to do."""
    with pytest.raises(BadValue) as refused:
        parse(value)
    assert refused.value.code == refused_as


@pytest.mark.parametrize(
    ("parse", "value", "read"),
    [
        (amount, "0", 0),
        (amount, "1234.5", 123_450),
        (signed_amount, "-0.05", -5),
        (day_until(TODAY), "2026-06-30", TODAY),
        (month_until(TODAY), "2026-06", date(2026, 6, 1)),
        (year_until(TODAY), "1990", 1990),
        (one_of(Grade), "gold", Grade.GOLD),
        (list_of(text), " 网银; e-banking ;", ("网银", "e-banking")),
    ],
)
def test_a_good_cell_is_read(parse, value, read):
    """Limits count as inside."""
    assert parse(value) == read
