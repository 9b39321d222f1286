"""Who holds a product, who lacks it and whom to offer it are three questions, in both languages."""

import pytest

from assistant.understanding.holding_questions import asked_standing, seeks_buyers

HELD = """
哪些客户持有¤|我的客户里谁买了¤|名下谁有¤|¤谁买过|¤有多少人买了|¤都有哪些客户持有|有¤的客户是哪些
持有¤的名单|哪些企业开了¤|开通了¤的有哪几家单位|¤用户名单|谁手里有¤|有没有客户持有¤|¤有多少个客户
客户里做了¤的有哪些|买了¤的都有谁|我的客户中持有¤的|誰持有¤|已經買了¤的客戶有哪些
which of my clients hold ¤|who has ¤|who has a ¤ already?|Who holds ¤|how many of my clients hold ¤
holders of ¤|clients with ¤|my clients who own ¤|which clients are on ¤ already|who do we have on ¤
which firms have signed up for ¤|does anyone of mine hold ¤
"""
LACKING = """
谁没有¤|哪些客户还没开¤|谁还没办¤|哪些企业尚未开通¤|¤还有哪些客户没有
who does not hold ¤ yet|who doesn't have a ¤|who has no ¤ yet|clients without ¤|which firms lack ¤
which clients haven't got ¤
"""
NEITHER = """
哪些客户适合¤|¤推给谁|谁可能会买¤|谁该办¤|有哪些客户还没开¤但可能会开|谁有¤需求|哪些人想买¤
客户的¤有哪些|王芳的¤有哪些|王芳买了哪些¤|他有没有¤|这个客户持有¤吗|¤怎么开通|谁负责¤|¤客户名单|哪些客户持有|¤
who should I call about ¤|which clients might want ¤|which clients don't have ¤ yet and would
does he have ¤|who can open ¤|who has the authority to approve ¤|who holds|fee for ¤ for companies
"""


def lines(text: str) -> list[str]:
    return [one for line in text.split("\n") for one in line.split("|") if one]


@pytest.mark.parametrize("text", lines(HELD))
def test_who_holds_it_is_told_from_whom_to_call(text: str) -> None:
    assert asked_standing(text) == "held"


@pytest.mark.parametrize("text", lines(LACKING))
def test_who_lacks_it_is_told_from_who_holds_it(text: str) -> None:
    assert asked_standing(text) == "lacking"


@pytest.mark.parametrize("text", lines(NEITHER))
def test_offers_single_clients_and_procedures_are_left_alone(text: str) -> None:
    assert asked_standing(text) is None


@pytest.mark.parametrize("text", ["谁适合", "推给谁", "who should I call", "any prospects?"])
def test_a_question_for_buyers_is_one_without_a_product_too(text: str) -> None:
    assert seeks_buyers(text)


@pytest.mark.parametrize("text", ["谁持有", "哪些客户买了", "who holds it"])
def test_a_question_for_holders_is_none_for_buyers(text: str) -> None:
    assert not seeks_buyers(text)
