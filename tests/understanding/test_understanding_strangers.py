"""Who is named in the place of a client is seen, though no directory knows him; others are not."""

import pytest

from assistant.understanding.strangers import stranger_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("给澄江市第一医院推荐什么产品", "澄江市第一医院"),
        ("市一医院适合什么", "市一医院"),
        ("海天科技有什么产品", "海天科技"),
        ("那给第二中学推荐", "第二中学"),
        ("帮我看看华润机械可以营销什么", "华润机械"),
        ("企业客户恒丰科技该推什么", "恒丰科技"),
        ("给財政局推荐什么", "财政局"),
        ("腾讯适合买什么", "腾讯"),
        ("跟华润机械介绍过企业网银了", "华润机械"),
        ("recommend products for 澄江市第一医院", "澄江市第一医院"),
        ("what should I offer 海天科技?", "海天科技"),
        ("products for the First Hospital", "First Hospital"),
        ("what should I offer Haitian", "Haitian"),
        ("recommend something to John Smith", "John Smith"),
    ],
)
def test_a_name_in_the_place_of_a_client_is_seen(text: str, name: str) -> None:
    assert stranger_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "给客户推荐产品",
        "给公司客户推荐什么",
        "给小微企业推荐什么",
        "给做外贸的客户推荐什么",
        "给医院推荐什么产品",
        "给一家医院推荐什么",
        "给深圳客户推荐什么",
        "给我推荐几个产品",
        "为什么推荐给他",
        "他适合什么",
        "这个客户还能买什么",
        "现在有什么产品适合他",
        "哪些产品适合",
        "小微企业主推什么合适",
        "recommend products to my client",
        "recommend products for corporate clients",
        "what should I offer on Monday",
        "something for this company",
        "what about Bonds",
    ],
)
def test_anybody_is_nobody_with_a_name(text: str) -> None:
    assert stranger_in(text) == ""
