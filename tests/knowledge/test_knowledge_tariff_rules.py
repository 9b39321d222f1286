"""Rates and brackets keep their rules for every amount."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from knowledge.tariff.bases import Fixed, Occasion, PerItem
from knowledge.tariff.rates import Bracket, Brackets, Rate
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.steps import StepKind

amounts = st.integers(1, 10**13)
percents = st.decimals(0, 100, places=4)
limits = st.integers(0, 10**6)


def charge(basis: Rate | Brackets | PerItem, amount: int, quantity: int = 1) -> int:
    return basis.charge(Occasion(amount, quantity, Rounding.HALF_UP)).fee


@given(amounts, percents, limits, limits)
def test_a_rate_never_leaves_its_floor_and_cap(
    amount: int, percent: Decimal, one: int, other: int
) -> None:
    floor, cap = sorted((one, other))
    assert floor <= charge(Rate(percent, floor, cap), amount) <= cap


@given(amounts, amounts, percents, limits, limits)
def test_a_higher_amount_never_costs_less_by_a_rate(
    one: int, other: int, percent: Decimal, floor: int, more: int
) -> None:
    low, high = sorted((one, other))
    rate = Rate(percent, floor, floor + more)
    assert charge(rate, low) <= charge(rate, high)


@given(amounts, percents)
def test_a_rate_rounds_half_up_as_decimal_arithmetic_does(amount: int, percent: Decimal) -> None:
    exact = Decimal(amount) * percent / 100
    assert charge(Rate(percent), amount) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.lists(st.tuples(amounts, limits), min_size=1, max_size=6), limits, amounts)
def test_the_bracket_is_the_first_whose_top_is_not_below_the_amount(
    raw: list[tuple[int, int]], last: int, amount: int
) -> None:
    table = sorted(dict(raw).items())
    listed = [Bracket(top, Fixed(fee)) for top, fee in table]
    brackets = Brackets((*listed, Bracket(None, Fixed(last))))
    expected = next((fee for top, fee in table if amount <= top), last)
    assert charge(brackets, amount) == expected


@given(amounts, limits, limits)
def test_the_top_of_a_bracket_belongs_to_it(top: int, low: int, high: int) -> None:
    brackets = Brackets((Bracket(top, Fixed(low)), Bracket(None, Fixed(high))))
    assert (charge(brackets, top), charge(brackets, top + 1)) == (low, high)


@given(amounts, percents, limits, limits, st.integers(1, 99))
def test_the_last_step_tells_the_fee(
    amount: int, percent: Decimal, floor: int, more: int, quantity: int
) -> None:
    charged = Rate(percent, floor, floor + more).charge(
        Occasion(amount, quantity, Rounding.HALF_UP)
    )
    assert charged.steps[-1].values["fee"] == charged.fee
    kinds = {step.kind for step in charged.steps}
    assert (StepKind.QUANTITY in kinds) == (quantity > 1)


@given(limits, st.integers(1, 10**4))
def test_pieces_cost_their_sum(each: int, quantity: int) -> None:
    assert charge(PerItem(each), 1, quantity) == sum([each] * quantity)
