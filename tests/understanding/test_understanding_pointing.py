"""Words that point into the list shown before are read in both languages, and nothing else is."""

import pytest

from assistant.understanding.pointing import asks_for_more, find_rank

LAST = 10


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("第二个客户", 2),
        ("第三个为什么", 3),
        ("为什么第一个", 1),
        ("第10位呢", 10),
        ("第二家公司有意向", 2),
        ("首位客户", 1),
        ("最后一个为什么", LAST),
        ("第二", 2),
        ("the second one", 2),
        ("why the first?", 1),
        ("the third client said no", 3),
        ("and the 5th one", 5),
        ("what about the last one", LAST),
        ("第一季度跨行转账收费", None),
        ("第二笔转账多少钱", None),
        ("who do I ring first this week", None),
        ("the first quarter", None),
        ("fee for the second transfer", None),
        ("at last", None),
        ("80万", None),
    ],
)
def test_a_line_of_the_list_is_pointed_at(text: str, rank: int | None) -> None:
    assert find_rank(text, LAST) == rank


@pytest.mark.parametrize(
    "text", ["还有吗", "还有吗？", "更多", "再看几位", "any more?", "Show more", "next page"]
)
def test_the_next_page_is_asked_for(text: str) -> None:
    assert asks_for_more(text)


@pytest.mark.parametrize(
    "text", ["还有什么适合他的", "更多手续费", "more about treasury bonds", ""]
)
def test_what_says_more_than_that_is_a_question_of_its_own(text: str) -> None:
    assert not asks_for_more(text)
