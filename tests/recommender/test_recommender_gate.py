from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.cases import ClientCase, ProductFacts
from recommender.gate import Rule, held_back
from recommender.ranking import rank_clients
from recommender.recommend import recommend
from recommender.trained import TrainedModel

TODAY = date(2026, 11, 20)
HELD = ("deposit", "card", "fund", "gold", "loan", "gone")

cases = st.builds(
    ClientCase,
    client_id=st.sampled_from(["k1", "k2", "stranger"]),
    attributes=st.fixed_dictionaries({"trade": st.sampled_from(["retail", "care", "odd", None])}),
    held=st.lists(st.sampled_from(HELD), unique=True).map(tuple),
    kind=st.sampled_from(["personal", "corporate", "other"]),
    risk_grade=st.sampled_from([None, "", "C1", "C2", "C3", "C4", "C5", "C9", "high"]),
    risk_expires_on=st.one_of(
        st.none(), st.integers(-2, 2).map(lambda days: TODAY + timedelta(days))
    ),
)


def suits(case: ClientCase, product: ProductFacts) -> bool:
    """The rules once more, written apart from the gate."""
    if product.product_id in case.held or product.client_kind not in (None, case.kind):
        return False
    if not set(product.requires) <= set(case.held):
        return False
    if product.risk_level is None:
        return True
    in_time = case.risk_expires_on is None or case.risk_expires_on >= TODAY
    valid = case.risk_grade in ("C1", "C2", "C3", "C4", "C5")
    return valid and in_time and product.risk_level[1] <= str(case.risk_grade)[1]


@settings(max_examples=60)
@given(case=cases)
def test_nothing_unsuitable_is_suggested_and_nothing_disappears(
    trained: TrainedModel, catalogue: dict[str, ProductFacts], case: ClientCase
) -> None:
    """Every product of the catalogue is suggested or held back, never both, never neither."""
    answer = recommend(trained, case, catalogue, TODAY, limit=99)
    suggested = {found.product_id for found in answer.suggestions}
    stopped = {found.product_id for found in answer.held_back}
    assert suggested.isdisjoint(stopped)
    assert suggested | stopped == set(catalogue)
    fitting = {name for name, facts in catalogue.items() if suits(case, facts)}
    assert suggested == fitting - {"brand_new"}


@settings(max_examples=30)
@given(
    several=st.lists(cases, max_size=6),
    product=st.sampled_from(["fund", "gold", "loan", "pension"]),
)
def test_no_unsuitable_client_is_ranked_and_no_client_disappears(
    trained: TrainedModel,
    catalogue: dict[str, ProductFacts],
    several: list[ClientCase],
    product: str,
) -> None:
    answer = rank_clients(trained, product, several, catalogue, TODAY, limit=99)
    ranked = sorted(entry.client_id for entry in answer.entries)
    assert ranked == sorted(c.client_id for c in several if suits(c, catalogue[product]))
    assert len(ranked) + sum(len(held) for held in answer.held_back.values()) == len(several)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_a_level_suits_a_grade_no_lower(level: int, grade: int) -> None:
    case = ClientCase("k", {}, (), "personal", f"C{grade}", TODAY)
    stop = held_back(case, ProductFacts("p", None, f"R{level}"), TODAY)
    assert (stop is None) == (level <= grade)


@pytest.mark.parametrize(
    ("case", "product", "rule"),
    [
        (ClientCase("k", {}, ("p",), "personal"), ProductFacts("p"), Rule.ALREADY_HELD),
        (ClientCase("k", {}, (), "personal"), ProductFacts("p", "corporate"), Rule.CLIENT_KIND),
        (
            ClientCase("k", {}, (), "personal"),
            ProductFacts("p", requires=("q",)),
            Rule.REQUIRES_PRODUCT,
        ),
        (
            ClientCase("k", {}, (), "personal"),
            ProductFacts("p", None, "R1"),
            Rule.QUESTIONNAIRE_MISSING,
        ),
        (
            ClientCase("k", {}, (), "personal", "C5", TODAY - timedelta(1)),
            ProductFacts("p", None, "R1"),
            Rule.QUESTIONNAIRE_EXPIRED,
        ),
        (
            ClientCase("k", {}, (), "personal", "C2", TODAY),
            ProductFacts("p", None, "R3"),
            Rule.SUITABILITY_RISK,
        ),
        (
            ClientCase("k", {}, (), "personal", "C5", TODAY),
            ProductFacts("p", None, "unrated"),
            Rule.SUITABILITY_RISK,
        ),
    ],
)
def test_each_rule_speaks_under_its_own_code(
    case: ClientCase, product: ProductFacts, rule: Rule
) -> None:
    stop = held_back(case, product, TODAY)
    assert stop is not None
    assert stop.rule == rule
    assert stop.detail
