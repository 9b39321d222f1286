"""Ranges are read exactly and said with the units and the precision a banker uses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies.ranges import Range, read_range, say_range, say_trend
from assistant.replies.templates import Language, Words


def _say(words: Words, language: Language, measure: str, level: str) -> str:
    span = read_range(level)
    assert span is not None
    return say_range(words, language, measure, span)


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [
        ("1000..5000", "1000", "5000"),
        ("..-176162.5", None, "-176162.5"),
        ("30700000..", "30700000", None),
        ("3", "3", "3"),
    ],
)
def test_ranges_are_read(level: str, low: str | None, high: str | None) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    assert read_range(level) == Range(*ends)


@pytest.mark.parametrize("level", ["(missing)", "", "..", "manufacturing", "2020-01-01..", "nan"])
def test_what_is_no_range_of_numbers_is_left_alone(level: str) -> None:
    assert read_range(level) is None


@pytest.mark.parametrize(
    ("measure", "level", "chinese", "english"),
    [
        ("money", "13682.1925..28871.745", "¥1.4万–2.9万", "¥14k–29k"),
        ("money", "77663550..150382075", "¥7800万–1.5亿", "¥78m–150m"),
        ("money", "392.2..1383.1", "¥390–1,400", "¥390–1.4k"),
        ("money", "..900000", "不到¥90万", "under ¥900k"),
        ("money", "2500000000..", "¥25亿及以上", "¥2.5bn or more"),
        ("money", "..-176162.5", "低于-¥18万", "below -¥180k"),
        ("money", "-176162.5..150300", "-¥18万至¥15万", "-¥180k to ¥150k"),
        ("money", "0..50000", "¥0–5万", "¥0–50k"),
        ("money", "104100..104400", "¥10.41万–10.44万", "¥104.1k–104.4k"),
        ("money", "99960..250000", "¥10万–25万", "¥100k–250k"),
        ("years", "1.787816564..2.861", "1.8–2.9年", "1.8–2.9 years"),
        ("years", "..1", "不到1年", "under 1 year"),
        ("years", "20.43..", "20年及以上", "20 years or more"),
        ("age", "26..33", "26–32岁", "26–32"),
        ("age", "..26", "不到26岁", "under 26"),
        ("age", "61..", "61岁及以上", "61 or over"),
        ("age", "44..45", "44岁", "44"),
        ("rank", "28.5..42", "第29–41名", "nos. 29–41"),
        ("rank", "..16", "前15名", "top 15"),
        ("banks", "3", "3家", "3"),
        ("transactions", "5..7", "5–6笔", "5–6"),
        ("transactions", "1200..", "1,200笔及以上", "1,200 or more"),
    ],
)
def test_ranges_are_said(
    words: Words, measure: str, level: str, chinese: str, english: str
) -> None:
    assert _say(words, "zh", measure, level) == chinese
    assert _say(words, "en", measure, level) == english


@pytest.mark.parametrize(
    ("level", "chinese", "english"),
    [
        ("..0.8892", "存款明显下降", "Deposits falling fast"),
        ("0.9377..0.9739", "存款在下降", "Deposits falling"),
        ("0.9739..1.0086", "存款大致持平", "Deposits steady"),
        ("1.0470..1.0958", "存款在增长", "Deposits growing"),
        ("1.1805..", "存款明显增长", "Deposits growing fast"),
    ],
)
def test_trends_are_said(words: Words, level: str, chinese: str, english: str) -> None:
    span = read_range(level)
    assert span is not None
    assert say_trend(words, "zh", "存款", span) == chinese
    assert say_trend(words, "en", "Deposits", span) == english


@given(
    low=st.decimals(-(10**10), 10**10, places=2),
    width=st.decimals("0.01", 10**10, places=2),
    measure=st.sampled_from(["money", "years"]),
)
def test_two_ends_that_differ_are_told_apart(
    words: Words, low: Decimal, width: Decimal, measure: str
) -> None:
    """Rounding never makes a range look like one number where ten digits can tell its ends."""
    high = low + width
    said = say_range(words, "en", measure, Range(low, high))
    alike = width <= Decimal("1e-8") * max(abs(low), abs(high))
    assert alike or "–" in said or " to " in said


@given(low=st.integers(0, 10**6), width=st.integers(1, 10**6), number=st.integers(0, 10**6))
def test_whole_figures_name_exactly_the_numbers_of_their_level(
    words: Words, low: int, width: int, number: int
) -> None:
    """A number lies in the model's half-open bin just when it lies between the ends shown."""
    said = _say(words, "en", "transactions", f"{low}..{low + width}").replace(",", "")
    first, _, last = said.partition("–")
    assert (low <= number < low + width) == (int(first) <= number <= int(last or first))
