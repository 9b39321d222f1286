"""A field of expertise is known by its names in both languages, however it was recorded."""

import pytest

from assistant.understanding.expert_fields import field_of, fields_in


@pytest.mark.parametrize(
    ("text", "recorded"),
    [
        ("I need an expert on international settlement", "国际结算"),
        ("我想找国际结算的专家", "international settlement"),
        ("we need a trade finance specialist", "国际结算"),
        ("找个懂外汇的专家", "国际结算"),
        ("an expert in lending please", "信贷"),
        ("find me somebody for M&A", "投资银行"),
        ("需要一个做投行的专家", "investment banking"),
        ("expert for cash management", "资金与现金管理"),
        ("理财方面的专家", "wealth"),
        ("an online banking expert", "电子银行"),
    ],
)
def test_a_field_is_found_in_the_other_language(text: str, recorded: str) -> None:
    assert field_of(recorded) in fields_in(text)


@pytest.mark.parametrize(
    "text", ["我想找专家", "I need an expert", "get me a specialist", "帮我约个专家"]
)
def test_a_bare_wish_for_an_expert_names_no_field(text: str) -> None:
    assert not fields_in(text)


def test_a_field_of_no_group_is_known_by_its_own_name() -> None:
    assert field_of("Shipping ") == field_of("shipping ")
    assert field_of("航运") not in fields_in("航运专家")
