"""A message is answered in the language it is written in."""

import pytest

from assistant.understanding.language import detect

CHINESE = [
    "从柜面汇80万怎么收费", "帮我推荐 LC 产品", "给Zhang Wei推荐", "國債適合誰", "APP转账收费吗",
    "ok 那网银呢", "U盾丢了", "张伟",
    "Chengjiang Suian Logistics Co Ltd 适合什么产品",
]  # fmt: skip
ENGLISH = [
    "what should I offer 张伟?", "how about 澄江穗岸物流有限公司", "why 国债", "thanks",
    "Zhang Wei", "fee for 企业网银 please", "hi",
    "which of my clients would buy 国债?", "does 欧阳晓明 have funds",
]  # fmt: skip
NEITHER = ["", "😀", "80w", "3,500.50", "C000123", "OK", "LC", "？？", "USD 500", "\u200b"]


@pytest.mark.parametrize("text", CHINESE)
def test_chinese_is_chinese_with_latin_words_in_it(text: str) -> None:
    assert detect(text, "en") == "zh"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english_around_a_chinese_name(text: str) -> None:
    assert detect(text, "zh") == "en"


@pytest.mark.parametrize("text", NEITHER)
def test_what_shows_no_language_keeps_the_one_before(text: str) -> None:
    assert detect(text, "zh") == "zh"
    assert detect(text, "en") == "en"
