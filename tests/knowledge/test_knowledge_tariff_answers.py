"""What would change a fee, how to pay nothing, and fees side by side, as shipped."""

from datetime import date
from pathlib import Path

import pytest

import knowledge
from knowledge.content import read_content
from knowledge.errors import NoTariffRow, RateMissing
from knowledge.tariff import FeeQuery, Missing, Quote, Tariff, quote
from knowledge.tariff.changes import Change, changes
from knowledge.tariff.comparing import Offer, bands, quotes_by_grade, quotes_of_offers, quotes_over
from knowledge.tariff.freedom import Freedom, freedom
from knowledge.tariff.spans import Span

TODAY = date(2026, 11, 25)
COUNTER = {"service": "interbank_transfer", "client_kind": "corporate", "channel": "counter"}


@pytest.fixture(scope="module")
def tariff() -> Tariff:
    return read_content(Path(knowledge.__file__).parent / "content", []).tariff


def ask(**known: object) -> FeeQuery:
    return FeeQuery(**{"on": TODAY, **known})  # type: ignore[arg-type]


def quoted(tariff: Tariff, **known: object) -> Quote:
    answer = quote(tariff, ask(**known))
    assert isinstance(answer, Quote)
    return answer


def told(found: tuple[Change, ...]) -> list[tuple[object, ...]]:
    return [
        (str(c.kind), c.limit or (c.waiver and c.waiver.waiver_id) or c.on, c.quote.fee_fen)
        for c in found
    ]


def test_a_quote_tells_channel_brackets_and_grades_that_would_change_it(tariff: Tariff) -> None:
    answer = quoted(tariff, **COUNTER, amount_fen=300_000_00)
    assert told(changes(tariff, answer)) == [
        ("channel", None, 750),
        ("up_to", 100_000_00, 1000),
        ("above", 500_000_00, 2000),
        ("waiver", "W001", 750),
        ("waiver", "W002", 0),
    ]


def test_each_grade_is_told_of_what_brings_it_most_alone(tariff: Tariff) -> None:
    """Private-banking clients pay nothing at the counter, so half the price is not theirs."""
    answer = quoted(tariff, **COUNTER, amount_fen=300_000_00)
    grades = {
        change.waiver.waiver_id: sorted(change.waiver.grades)
        for change in changes(tariff, answer)
        if change.waiver is not None
    }
    assert grades == {"W001": ["gold", "platinum"], "W002": ["private"]}


def test_a_rate_tells_from_where_on_it_is_capped(tariff: Tariff) -> None:
    answer = quoted(tariff, **COUNTER, amount_fen=2_000_000_00)
    assert ("capped", 10_000_000_00, 20000) in told(changes(tariff, answer))


def test_a_campaign_that_ends_is_told_with_the_day(tariff: Tariff) -> None:
    known = {"service": "interbank_transfer", "client_kind": "corporate", "channel": "online"}
    answer = quoted(tariff, **known, amount_fen=800_000_00, on=date(2025, 11, 1))
    assert (answer.fee_fen, answer.list_fee_fen) == (800, 1600)
    assert ("later", date(2026, 1, 1), 1000) in told(changes(tariff, answer))


def test_conditions_met_are_taken_off_and_no_longer_told(tariff: Tariff) -> None:
    known = {"service": "ebank_c_annual", "client_kind": "corporate"}
    plain = quoted(tariff, **known)
    assert told(changes(tariff, plain)) == [("waiver", "W012", 0), ("waiver", "W013", 30000)]
    payroll = quoted(tariff, **known, products=frozenset({"PAYROLL_C"}))
    assert (payroll.fee_fen, [w.waiver_id for w in payroll.waivers]) == (30000, ["W013"])
    assert told(changes(tariff, payroll)) == [("waiver", "W012", 0)]
    rich = quoted(tariff, **known, average_balance=2_000_000_00)
    assert rich.fee_fen == 0
    short = quoted(tariff, **known, average_balance=2_000_000_00 - 1)
    assert short.fee_fen == 60000


def test_an_order_of_discounts_is_kept(tariff: Tariff) -> None:
    answer = quoted(
        tariff,
        service="safe_deposit_box",
        client_kind="personal",
        grade="gold",
        average_balance=500_000_00,
    )
    assert answer.fee_fen == 14000  # 300 × 80 % − 100
    assert [waiver.waiver_id for waiver in answer.waivers] == ["W010", "W011"]
    assert [dict(s.values)["fee"] for s in answer.steps[-2:]] == [24000, 14000]


def test_foreign_amounts_are_converted_at_the_rate_of_the_day(tariff: Tariff) -> None:
    known = {"service": "outward_remittance", "client_kind": "personal", "channel": "counter"}
    now = quoted(tariff, **known, amount_fen=20_000_00, currency="USD")
    assert (now.fee_fen, now.currency, str(now.exchange and now.exchange.rate)) == (
        14200,
        "CNY",
        "7.1000",
    )
    before = quoted(tariff, **known, amount_fen=20_000_00, currency="USD", on=date(2026, 8, 1))
    assert before.fee_fen == 14100  # 20,000 × 7.05 × 0.1 %
    yen = quoted(tariff, **known, amount_fen=3_000_000, currency="JPY")
    assert yen.fee_fen == 13800  # 3,000,000 yen × 4.6 / 100 × 0.1 %
    with pytest.raises(RateMissing):
        quote(tariff, ask(**known, amount_fen=1, currency="CHF"))


def test_a_row_in_the_currency_goes_before_one_that_converts(tariff: Tariff) -> None:
    known = {"service": "outward_remittance", "client_kind": "corporate"}
    counter = quoted(tariff, **known, channel="counter", amount_fen=50_000_00, currency="USD")
    assert (counter.row.row_id, counter.fee_fen, counter.home_fen) == ("T105", 5000, 35500)
    online = quoted(tariff, **known, channel="online", amount_fen=50_000_00, currency="USD")
    assert (online.row.row_id, online.currency) == ("T104", "CNY")


def test_ways_to_pay_nothing_are_all_told(tariff: Tariff) -> None:
    found = freedom(tariff, ask(service="account_maintenance", client_kind="corporate"))
    assert isinstance(found, Freedom)
    assert [(str(w.kind), w.waiver and w.waiver.waiver_id) for w in found.ways] == [
        ("waiver", "W003")
    ]
    assert found.cheapest is not None
    assert found.cheapest.fee_fen == 3000
    transfer = freedom(tariff, ask(service="interbank_transfer", client_kind="personal"))
    assert isinstance(transfer, Freedom)
    assert {str(w.channel) for w in transfer.ways if w.kind == "channel"} == {"online", "mobile"}
    atm = freedom(tariff, ask(service="interbank_atm_withdrawal"))
    assert isinstance(atm, Freedom)
    assert [(str(w.kind), w.limit) for w in atm.ways] == [("pieces", 3)]
    assert isinstance(freedom(tariff, ask(service="account_maintenance")), Missing)
    none = freedom(tariff, ask(service="ukey", client_kind="corporate"))
    assert isinstance(none, Freedom)
    assert none.ways == ()


def test_every_grade_is_quoted_the_lowest_first(tariff: Tariff) -> None:
    found = quotes_by_grade(tariff, ask(**COUNTER, amount_fen=800_000_00))
    assert isinstance(found, tuple)
    assert [answer.fee_fen for answer in found] == [2000, 1000, 1000, 0]


def test_offers_are_quoted_each(tariff: Tariff) -> None:
    offers = [Offer(300_000_00, 3), Offer(900_000_00)]
    found = quotes_of_offers(tariff, ask(**COUNTER), offers)
    assert isinstance(found, tuple)
    assert [answer.fee_fen for answer in found] == [4500, 2000]
    lacking = quotes_of_offers(tariff, ask(service="interbank_transfer"), offers)
    assert isinstance(lacking, Missing)


def test_a_range_is_divided_where_the_rule_changes_and_left_whole_elsewhere(
    tariff: Tariff,
) -> None:
    found = bands(tariff, ask(**COUNTER, amount_fen=50_000_00), 2_000_000_00)
    assert isinstance(found, tuple)
    ends = [(b.low.query.amount_fen, b.high.query.amount_fen) for b in found]
    assert ends == [
        (50_000_00, 100_000_00),
        (100_000_01, 500_000_00),
        (500_000_01, 1_000_000_00),
        (1_000_000_01, 2_000_000_00),
    ]
    fees = [(b.low.fee_fen, b.high.fee_fen) for b in found]
    assert fees == [(1000, 1000), (1500, 1500), (2000, 2000), (2000, 4000)]
    whole = bands(tariff, ask(**COUNTER, amount_fen=200_000_00), 400_000_00)
    assert isinstance(whole, tuple)
    assert len(whole) == 1


def test_prices_over_time_are_told_once_each(tariff: Tariff) -> None:
    asked = ask(service="account_maintenance", client_kind="corporate", on=date(2025, 6, 1))
    found = quotes_over(tariff, asked, date(2026, 6, 1))
    assert isinstance(found, tuple)
    assert [(q.query.on.isoformat(), q.fee_fen) for q in found] == [
        ("2025-06-01", 5000),
        ("2026-01-01", 3000),
    ]
    early = ask(service="account_maintenance", client_kind="corporate", on=date(2010, 1, 1))
    assert isinstance(quotes_over(tariff, early, date(2010, 2, 1)), NoTariffRow)


def test_a_span_is_charged_by_the_row(tariff: Tariff) -> None:
    span = Span(date(2026, 1, 1), date(2026, 3, 14))
    days = quoted(tariff, service="safe_deposit_box", client_kind="corporate", span=span)
    assert days.fee_fen == 16000  # 800 × 73 / 365
