"""Clients and products of every kind the gate must tell apart, and the rules written once more."""

from datetime import date, timedelta

from hypothesis import strategies as st

from recommender.cases import ClientCase, ProductFacts, Quiet
from recommender.gate_rules import GATE_RULES, GateRules, Limit

TODAY = date(2026, 11, 20)
PRODUCTS = ("deposit", "card", "fund", "gold", "loan")
GRADES = ("C1", "C2", "C3", "C4", "C5")

days = st.integers(-2, 2).map(lambda number: TODAY + timedelta(number))
some_products = st.lists(st.sampled_from(PRODUCTS), unique=True).map(tuple)
places = st.sampled_from([None, "east", "west"])
some_places = st.sampled_from([(), ("east",), ("east", "north")])

cases = st.builds(
    ClientCase,
    client_id=st.sampled_from(["k1", "k2", "k3"]),
    attributes=st.fixed_dictionaries(
        {
            "age": st.sampled_from([None, float("nan"), 30.0, 76.0]),
            "trade": st.sampled_from([None, "retail", "care"]),
        }
    ),
    held=st.lists(st.sampled_from([*PRODUCTS, "gone"]), unique=True).map(tuple),
    kind=st.sampled_from(["personal", "corporate", "other"]),
    risk_grade=st.sampled_from([None, "", *GRADES, "C9", "high"]),
    risk_expires_on=st.one_of(st.none(), days),
    branch_id=places,
    region=places,
    licences=st.sampled_from([(), ("broker",), ("broker", "trade")]),
    balance=st.sampled_from([None, 0, 99, 100, 10_000]),
    do_not_contact=st.booleans(),
    quiet=st.dictionaries(
        st.sampled_from(PRODUCTS), st.builds(Quiet, until=days, reason=st.just("refused.later"))
    ),
    withheld=some_products.map(frozenset),
)

products = st.builds(
    ProductFacts,
    product_id=st.sampled_from(PRODUCTS),
    client_kind=st.sampled_from([None, "personal", "corporate"]),
    risk_level=st.sampled_from([None, "R1", "R3", "R5", "unrated"]),
    requires=some_products,
    licence=st.sampled_from([None, "broker", "unheard_of"]),
    balance_floor=st.sampled_from([None, 0, 100]),
    branches=some_places,
    regions=some_places,
    sold_from=st.one_of(st.none(), days),
    sold_until=st.one_of(st.none(), days),
    quota=st.sampled_from([None, 0, 3]),
    taken=st.integers(0, 4),
)


@st.composite
def rule_sets(draw: st.DrawFn, limits: tuple[Limit, ...] = ()) -> GateRules:
    """Every rule in any order, any of them final."""
    order = draw(st.permutations(GATE_RULES))
    final = draw(st.sets(st.sampled_from(GATE_RULES)))
    return GateRules(tuple(order), frozenset(final), {}, limits)


def suits(case: ClientCase, product: ProductFacts) -> bool:
    """The rules once more, written apart from the gate."""
    name = product.product_id
    at_home = not product.branches or case.branch_id in product.branches
    in_region = not product.regions or case.region in product.regions
    on_sale = (product.sold_from or TODAY) <= TODAY <= (product.sold_until or TODAY)
    left = product.quota is None or product.quota > product.taken
    rich = product.balance_floor is None or (
        case.balance is not None and case.balance >= product.balance_floor
    )
    resting = name in case.quiet and case.quiet[name].until >= TODAY
    conditions = (
        name not in case.held,
        product.client_kind in (None, case.kind),
        not case.do_not_contact,
        at_home and in_region,
        on_sale,
        left,
        set(product.requires) <= set(case.held),
        product.licence in (None, *case.licences),
        rich,
        risk_fits(case, product),
        not resting,
        name not in case.withheld,
    )
    return all(conditions)


def risk_fits(case: ClientCase, product: ProductFacts) -> bool:
    """A valid questionnaire of a grade no lower than the product's level."""
    if product.risk_level is None:
        return True
    in_time = case.risk_expires_on is None or case.risk_expires_on >= TODAY
    known = case.risk_grade in GRADES and product.risk_level != "unrated"
    return known and in_time and product.risk_level[1] <= str(case.risk_grade)[1]
