"""The gate decides as its rules say, alike for one client and for a block of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.cases import ClientCase, ProductFacts
from recommender.conditions import Comparison, Condition
from recommender.gate import held_back
from recommender.gate_block import MAY_BE_OFFERED, ClientBlock, gate_block
from recommender.gate_rules import GateRules, Limit
from recommender.results import HeldBack
from tests.recommender.gate_cases import TODAY, cases, products, rule_sets, suits

WORDS = {"zh": "x", "en": "x"}
AGE = Condition("age", Comparison.AT_MOST, bound=75.0)
TRADE = Condition("trade", Comparison.ONE_OF, values=("retail",))
LIMITS = (
    Limit("fund_age", ("fund", "gold"), AGE, WORDS, WORDS),
    Limit("loan_trade", ("loan",), TRADE, WORDS, WORDS),
)


def all_rules(stop: HeldBack | None) -> list[str]:
    return [] if stop is None else [stop.rule, *(other.rule for other in stop.also)]


@settings(max_examples=400)
@given(case=cases, product=products, rules=rule_sets())
def test_a_product_is_held_back_exactly_when_a_rule_is_broken(
    case: ClientCase, product: ProductFacts, rules: GateRules
) -> None:
    stop = held_back(case, product, TODAY, rules)
    assert (stop is None) == suits(case, product)


@settings(max_examples=200)
@given(case=cases, product=products, rules=rule_sets(LIMITS))
def test_all_that_must_be_lifted_is_named_once_in_order_unless_nothing_can(
    case: ClientCase, product: ProductFacts, rules: GateRules
) -> None:
    stop = held_back(case, product, TODAY, rules)
    named = all_rules(stop)
    assert named == sorted(set(named), key=rules.codes.index)
    if stop is not None:
        assert stop.detail
        assert not stop.also or stop.rule not in rules.final


@settings(max_examples=150)
@given(
    several=st.lists(cases, max_size=6),
    catalogue=st.lists(products, max_size=5, unique_by=lambda product: product.product_id),
    rules=rule_sets(LIMITS),
)
def test_a_block_is_gated_as_each_of_its_clients(
    several: list[ClientCase], catalogue: list[ProductFacts], rules: GateRules
) -> None:
    codes = gate_block(ClientBlock.of(several, catalogue), catalogue, TODAY, rules)
    assert codes.shape == (len(several), len(catalogue))
    for row, case in enumerate(several):
        for column, product in enumerate(catalogue):
            stop = held_back(case, product, TODAY, rules)
            code = codes[row, column]
            found = None if code == MAY_BE_OFFERED else rules.codes[code - 1]
            assert found == (None if stop is None else stop.rule)


@settings(max_examples=60)
@given(several=st.lists(cases, min_size=2, max_size=6), product=products, data=st.data())
def test_the_order_and_company_of_clients_change_nothing(
    several: list[ClientCase], product: ProductFacts, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(several))))
    whole = gate_block(ClientBlock.of(several, [product]), [product], TODAY)
    turned = gate_block(
        ClientBlock.of([several[row] for row in order], [product]), [product], TODAY
    )
    assert [whole[row, 0] for row in order] == list(turned[:, 0])
    [alone] = gate_block(ClientBlock.of(several[:1], [product]), [product], TODAY)
    assert alone[0] == whole[0, 0]


@settings(max_examples=60)
@given(case=cases, product=products)
def test_lifting_everything_named_lets_the_offer_through(
    case: ClientCase, product: ProductFacts
) -> None:
    """What is said to be in the way is all that is in the way."""
    stop = held_back(case, product, TODAY)
    named = set(all_rules(stop))
    if named & {"already_held", "client_kind"}:
        return
    lifted = replace(
        case,
        do_not_contact=case.do_not_contact and "do_not_contact" not in named,
        held=(*case.held, *product.requires) if "requires_product" in named else case.held,
        licences=(*case.licences, str(product.licence)) if "licence" in named else case.licences,
        balance=product.balance_floor if "balance_floor" in named else case.balance,
        quiet={} if "quiet_period" in named else case.quiet,
        withheld=frozenset() if "control_group" in named else case.withheld,
    )
    asked = {"questionnaire_missing", "questionnaire_expired", "suitability_risk"}
    if named & asked:
        lifted = replace(lifted, risk_grade="C5", risk_expires_on=TODAY)
    again = all_rules(held_back(lifted, product, TODAY))
    beyond = named & {"place", "sales_window", "quota"}
    unreadable = {"suitability_risk"} if product.risk_level == "unrated" else set()
    assert set(again) <= beyond | unreadable | {"already_held"}
