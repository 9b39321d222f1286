"""Every attribute of the sample bank, and every value of it, is said in words."""

import re
from pathlib import Path

import pandas as pd
import pytest

import data.sample
from assistant.replies.reasons import ReasonWords
from assistant.replies.templates import LANGUAGES, Language, Words
from recommender.attributes import AttributeSpace, find_attributes
from recommender.levels import MISSING
from recommender.results import Reason, ReasonKind

RAW = re.compile(r"\.\.|_|\(missing\)|\(other\)")


@pytest.fixture(scope="module")
def space(attributes: pd.DataFrame) -> AttributeSpace:
    return find_attributes(attributes)


def _vocabularies() -> dict[str, list[str]]:
    readme = Path(data.sample.__path__[0]) / "README.md"
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \|$", readme.read_text(encoding="utf-8"), re.M)
    return {column: codes.split(", ") for column, codes in rows if column != "column"}


def _said(words: Words, language: Language, name: str, level: str) -> str:
    return ReasonWords(words, language, {}).reason(Reason(ReasonKind.ATTRIBUTE, name, level, 0.1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_attribute_has_a_name(
    words: Words, attributes: pd.DataFrame, language: Language
) -> None:
    assert set(attributes.columns) == set(words.labels(language, "attributes.names"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_sample_has_a_word(
    words: Words, attributes: pd.DataFrame, language: Language
) -> None:
    coded: pd.DataFrame = attributes.select_dtypes("str")
    assert len(coded.columns) > 10
    for name in coded:
        missing = set(coded[name].dropna()) - set(words.labels(language, f"attributes.{name}"))
        assert not missing, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_documented_code_has_a_word(words: Words, language: Language) -> None:
    """Also the codes too rare for a small sample."""
    known = {n: codes for n, codes in _vocabularies().items() if "category" not in n}
    assert len(known) == 8
    for name, codes in known.items():
        assert set(codes) == set(words.labels(language, f"attributes.{name}")), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_measure(
    words: Words, attributes: pd.DataFrame, language: Language
) -> None:
    figures = attributes.select_dtypes("number").columns
    assert set(figures) == set(words.labels(language, "attributes.measures"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_level_shows_how_the_model_writes_it(
    words: Words, space: AttributeSpace, language: Language, chinese: re.Pattern[str]
) -> None:
    for feature in space.features:
        said = _said(words, language, feature.attribute, feature.level)
        assert not RAW.search(said), said
        assert language == "zh" or not chinese.search(said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_of_one_figure_differ_in_words(
    words: Words, space: AttributeSpace, language: Language
) -> None:
    """Two neighbouring bins that read the same would tell a manager nothing."""
    measures = words.labels(language, "attributes.measures")
    for levels in space.attributes:
        if measures.get(levels.name) != "trend":
            said = {_said(words, language, levels.name, name) for name in levels.names}
            assert len(said) == len(levels.names), levels.name


@pytest.mark.parametrize(
    ("language", "name", "level", "said"),
    [
        ("zh", "deposit_average", "200000..500000", "月均存款：¥20万–50万"),
        ("en", "deposit_average", "200000..500000", "Average deposits: ¥200k–500k"),
        ("zh", "industry", "manufacturing", "行业：制造业"),
        ("en", "industry", "import_export", "Industry: import and export"),
        ("zh", "industry", MISSING, "行业：未填写"),
        ("en", "personal_income", MISSING, "Annual personal income: not recorded"),
        ("zh", "other_banks", "0", "其他往来银行：无"),
        ("en", "other_banks", "2", "Other banks used: 2"),
        ("zh", "deposit_balance_trend", "1.05..1.09", "存款余额在增长"),
        ("en", "deposit_balance_trend", "..0.88", "Deposit balance falling fast"),
        ("zh", "deposit_balance_trend", MISSING, "存款余额走势：未填写"),
        ("en", "industry_trend", "shrinking", "Industry outlook: shrinking"),
        ("en", "industry", "fishing", "Industry: fishing"),
    ],
)
def test_reasons_are_said_as_a_banker_would(
    words: Words, language: Language, name: str, level: str, said: str
) -> None:
    assert _said(words, language, name, level) == said


@pytest.mark.parametrize(
    ("language", "above", "below", "said"),
    [
        ("zh", 0.1, 1.0, "月均存款在同类客户中居前 10%（¥20万–50万）"),
        ("en", 0.1, 1.0, "Average deposits in the highest 10 % of such clients (¥200k–500k)"),
        ("zh", 1.0, 0.2, "月均存款在同类客户中居后 20%（¥20万–50万）"),
        ("en", 0.001, 1.0, "Average deposits in the highest 1 % of such clients (¥200k–500k)"),
        ("zh", 0.6, 0.5, "月均存款：¥20万–50万"),
    ],
)
def test_an_end_of_the_clients_of_a_type_is_named(
    words: Words, language: Language, above: float, below: float, said: str
) -> None:
    reason = Reason(ReasonKind.ATTRIBUTE, "deposit_average", "200000..500000", 0.1, above, below)
    assert ReasonWords(words, language, {}).reason(reason) == said


def test_what_is_not_recorded_is_never_a_main_reason(words: Words) -> None:
    told = ReasonWords(words, "en", {})
    reasons = [
        Reason(ReasonKind.ATTRIBUTE, "industry", MISSING, 0.9),
        Reason(ReasonKind.ATTRIBUTE, "age", "26..33", 0.5),
    ]
    assert told.main(reasons) == "Age: 26–32"
