"""Amounts, rates and shares read the way the tariff prints them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies.money import money, percent, share
from assistant.replies.templates import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "¥0.00"),
        (1, "¥0.01"),
        (550, "¥5.50"),
        (123456789, "¥1,234,567.89"),
        (-5000, "-¥50.00"),
        (10**17, "¥1,000,000,000,000,000.00"),
    ],
)
def test_renminbi_is_the_same_in_both_languages(language: Language, fen: int, said: str) -> None:
    assert money(fen, "CNY", language) == said


@pytest.mark.parametrize(
    ("minor", "currency", "chinese", "english"),
    [(150000, "USD", "US$1,500.00", "$1,500.00"), (1500, "KRW", "₩1,500", "₩1,500")],
)
def test_other_currencies_keep_their_own_sign_and_digits(
    minor: int, currency: str, chinese: str, english: str
) -> None:
    assert money(minor, currency, "zh") == chinese
    assert money(minor, currency, "en") == english


@given(fen=st.integers(-(10**17), 10**17), language=st.sampled_from(LANGUAGES))
def test_no_fen_is_lost(fen: int, language: Language) -> None:
    said = money(fen, "CNY", language).replace("¥", "").replace(",", "")
    assert Decimal(said) * 100 == fen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("rate", "said"),
    [("0.03", "0.03%"), ("0.5", "0.5%"), ("1", "1%"), ("0.0015", "0.0015%"), ("12.50", "12.5%")],
)
def test_rates_keep_all_their_digits(language: Language, rate: str, said: str) -> None:
    assert percent(Decimal(rate), language) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("part", "said"), [(0.0, "0%"), (0.126, "13%"), (1.0, "100%")])
def test_shares_are_whole_percents(language: Language, part: float, said: str) -> None:
    assert share(part, language) == said
