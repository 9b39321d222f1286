"""Rules that hold for every amount, waiver and day, and for every row that the project ships."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import knowledge
from knowledge.content import read_content
from knowledge.language import Bilingual
from knowledge.tariff import FeeQuery, Quote, Tariff, quote
from knowledge.tariff.bases import Charge, Occasion, PerItem
from knowledge.tariff.changes import ChangeKind, changes
from knowledge.tariff.periods import Period, PerPeriod, Proration
from knowledge.tariff.rates import Marginal, Part, Rate, share
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.spans import Span
from knowledge.tariff.steps import StepKind
from knowledge.tariff.waivers import Stacking, Waiver, waive

TODAY = date(2026, 11, 23)
amounts = st.integers(1, 10**12)
percents = st.decimals(0, 100, places=3)
fees = st.integers(0, 10**8)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
rules = st.sampled_from(list(Stacking))
roundings = st.sampled_from(list(Rounding))


@cache
def shipped() -> Tariff:
    return read_content(Path(knowledge.__file__).parent / "content", []).tariff


@st.composite
def marginals(draw: st.DrawFn) -> Marginal:
    tops = sorted(draw(st.sets(amounts, max_size=4)))
    rates = draw(st.lists(percents, min_size=len(tops) + 1, max_size=len(tops) + 1))
    return Marginal(tuple(map(Part, (*tops, None), rates)))


@st.composite
def waivers(draw: st.DrawFn) -> Waiver:
    percent = draw(st.none() | percents)
    return Waiver(
        waiver_id="W",
        services=frozenset(),
        client_kind="both",
        channel="any",
        currency="",
        grades=frozenset(),
        products=frozenset(),
        least_balance=None,
        percent=percent,
        less=draw(fees) if percent is None else None,
        combines=draw(st.booleans()),
        order=draw(st.integers(1, 5)),
        name=Bilingual("", ""),
        source=Bilingual("", ""),
        effective_from=TODAY,
        effective_to=None,
    )


@given(marginals(), amounts)
def test_parts_add_up_to_the_amount_and_their_shares_to_the_fee(
    basis: Marginal, amount: int
) -> None:
    charged = basis.charge(Occasion(amount, 1, Rounding.HALF_UP))
    parts = [step.values for step in charged.steps if step.kind is StepKind.PART]
    assert sum(part["part"] for part in parts) == amount  # type: ignore[misc]
    total = sum((part["exact"] for part in parts), Fraction(0))  # type: ignore[misc]
    assert charged.steps[-1].values["exact"] == total
    assert abs(charged.fee - total) <= Fraction(1, 2)


@given(marginals(), amounts)
def test_parts_leave_no_jump_between_brackets(basis: Marginal, amount: int) -> None:
    highest = max(part.percent for part in basis.parts)
    steps = [basis.charge(Occasion(a, 1, Rounding.HALF_UP)).fee for a in (amount, amount + 1)]
    assert 0 <= steps[1] - steps[0] <= share(highest, 1) + 1


@given(marginals(), amounts, fees, fees)
def test_parts_keep_floor_and_cap(basis: Marginal, amount: int, one: int, other: int) -> None:
    floor, cap = sorted((one, other))
    limited = Marginal(basis.parts, floor, cap)
    assert floor <= limited.charge(Occasion(amount, 1, Rounding.UP)).fee <= cap


@given(marginals(), amounts, roundings, st.integers(1, 50))
def test_parts_of_one_rate_are_a_plain_rate(
    basis: Marginal, amount: int, rounding: Rounding, quantity: int
) -> None:
    percent = basis.parts[0].percent
    level = Marginal(tuple(Part(part.up_to, percent) for part in basis.parts))
    occasion = Occasion(amount, quantity, rounding)
    assert level.charge(occasion).fee == Rate(percent).charge(occasion).fee


@given(fees, rules, roundings, st.lists(waivers(), max_size=5))
def test_a_waiver_never_raises_a_fee_nor_takes_it_below_zero(
    fee: int, rule: Stacking, rounding: Rounding, given_: list[Waiver]
) -> None:
    waived = waive(Charge(fee, ()), given_, rule, rounding)
    assert 0 <= waived.charge.fee <= fee
    last = waived.charge.steps[-1].values["fee"] if waived.charge.steps else fee
    assert last == waived.charge.fee


@given(fees, rules, roundings, st.lists(waivers(), max_size=4), waivers())
def test_one_more_waiver_never_costs_more_where_the_best_counts(
    fee: int, rule: Stacking, rounding: Rounding, given_: list[Waiver], more: Waiver
) -> None:
    before = waive(Charge(fee, ()), given_, Stacking.BEST, rounding).charge.fee
    assert waive(Charge(fee, ()), [*given_, more], Stacking.BEST, rounding).charge.fee <= before
    assert waive(Charge(fee, ()), given_, rule, rounding).charge.fee <= before


@given(st.lists(percents, min_size=1, max_size=4), fees)
def test_shares_multiply_as_exact_arithmetic_does(taken: list[Decimal], fee: int) -> None:
    listed = [_off(percent) for percent in taken]
    left = Fraction(fee)
    for percent in taken:
        left *= 1 - Fraction(percent) / 100
    waived = waive(Charge(fee, ()), listed, Stacking.MULTIPLY, Rounding.DOWN)
    assert waived.charge.fee == left.numerator // left.denominator


def _off(percent: Decimal) -> Waiver:
    common = {"client_kind": "both", "channel": "any", "currency": "", "least_balance": None}
    texts = {"name": Bilingual("", ""), "source": Bilingual("", "")}
    return Waiver(
        **common,  # type: ignore[arg-type]
        **texts,
        waiver_id="W",
        services=frozenset(),
        grades=frozenset(),
        products=frozenset(),
        percent=percent,
        less=None,
        combines=True,
        order=1,
        effective_from=TODAY,
        effective_to=None,
    )


@given(days, st.integers(0, 2000))
def test_months_begun_are_the_fewest_that_reach_the_last_day(first: date, more: int) -> None:
    span = Span(first, first + timedelta(days=more))
    months = span.months_begun
    assert Span.of_months(first, months).last >= span.last
    assert months == 1 or Span.of_months(first, months - 1).last < span.last


@given(days, st.integers(0, 2000), st.sampled_from(list(Period)))
def test_whole_periods_and_the_days_left_make_up_the_span(
    first: date, more: int, period: Period
) -> None:
    whole, left, length = Span(first, first + timedelta(days=more)).periods(period.months)
    assert 0 <= left < length
    after = Span.of_months(first, whole * period.months).last if whole else None
    begins = first if after is None else after + timedelta(days=1)
    assert begins + timedelta(days=left - 1) == first + timedelta(days=more)


@given(days, st.integers(0, 900), st.integers(1, 400), fees, st.sampled_from(list(Proration)))
def test_a_longer_use_never_costs_less_and_a_part_never_more_than_the_whole(
    first: date, more: int, longer: int, fee: int, proration: Proration
) -> None:
    basis = PerPeriod(PerItem(fee), Period.YEAR, proration)

    def cost(days_after: int) -> int:
        span = Span(first, first + timedelta(days=days_after))
        return basis.charge(Occasion(None, 1, Rounding.HALF_UP, span)).fee

    assert cost(more) <= cost(more + longer)
    whole = PerPeriod(PerItem(fee), Period.YEAR, Proration.NONE)
    span = Span(first, first + timedelta(days=more))
    assert cost(more) <= whole.charge(Occasion(None, 1, Rounding.HALF_UP, span)).fee


@given(st.data(), amounts, amounts)
def test_a_shipped_row_that_promises_it_never_charges_less_for_more(
    data: st.DataObject, one: int, other: int
) -> None:
    row = data.draw(st.sampled_from([row for row in shipped().rows if row.monotone]))
    low, high = (
        row.basis.charge(Occasion(amount, 1, row.rounding)).fee for amount in sorted((one, other))
    )
    assert low <= high, row.row_id


@given(
    st.data(),
    amounts,
    st.sampled_from(["standard", "gold", "platinum", "private"]),
    st.sets(st.sampled_from(["MOBILE_P", "PAYROLL_C", "INTL_SETTLEMENT"])),
    st.integers(0, 10**10),
)
def test_a_shipped_price_is_never_above_its_list_price_and_its_changes_are_changes(
    data: st.DataObject, amount: int, grade: str, products: set[str], balance: int
) -> None:
    row = data.draw(st.sampled_from([row for row in shipped().rows if row.valid(TODAY)]))
    asked = FeeQuery(
        service=row.service,
        client_kind=None if row.client_kind == "both" else str(row.client_kind),
        channel=None if row.channel == "any" else str(row.channel),
        currency=row.currency,
        amount_fen=amount,
        grade=grade,
        products=frozenset(products),
        average_balance=balance,
        on=TODAY,
    )
    answer = quote(shipped(), asked)
    assert isinstance(answer, Quote)
    assert answer.row == row
    assert 0 <= answer.fee_fen <= answer.list_fee_fen
    for change in changes(shipped(), answer):
        assert change.quote.fee_fen != answer.fee_fen
        if change.kind in (ChangeKind.CHANNEL, ChangeKind.WAIVER, ChangeKind.UP_TO):
            assert change.quote.fee_fen < answer.fee_fen
