"""Interest is told from a fee, in both languages."""

import pytest

from assistant.understanding.interest import asks_for_interest, says_what_bears_interest


@pytest.mark.parametrize(
    "text",
    [
        "存100万一年定期利息多少",
        "一年期定期利率是多少",
        "房贷利率现在几个点",
        "大额存单利息怎么算",
        "流动资金贷款年化多少",
        "活期存款利息怎麼算",
        "how much interest on a one-year deposit of 1 million",
        "what is the interest rate on a mortgage",
        "What's the deposit rate?",
        "interest rate for a working capital loan, how much",
        "what yield does a treasury bond have",
    ],
)
def test_a_figure_of_interest_is_asked_for(text: str) -> None:
    assert asks_for_interest(text)
    assert says_what_bears_interest(text)


@pytest.mark.parametrize(
    "text",
    [
        "贴现除了利息还收手续费吗，多少",
        "提前还款要付多少手续费",
        "对公跨行转80万手续费多少",
        "她对国债没兴趣",
        "建设期能只还利息吗",
        "what fee on top of the interest",
        "who might be interested in gold and how much",
        "what is the fee for a transfer",
        "how much does a transfer cost",
    ],
)
def test_a_fee_is_still_a_fee(text: str) -> None:
    assert not asks_for_interest(text)


@pytest.mark.parametrize("text", ["隔壁行利率多少", "how high is the interest"])
def test_a_rate_of_nothing_bears_no_interest(text: str) -> None:
    assert asks_for_interest(text)
    assert not says_what_bears_interest(text)
