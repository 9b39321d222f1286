"""A question about a fee gets its quote, or is asked only what matters."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from knowledge.errors import AmountNotPositive, NoTariffRow
from knowledge.reading.service_file import read_services
from knowledge.reading.tariff_file import read_tariff
from knowledge.tariff import FeeQuery, Missing, Quote, Tariff, quote, quotes_by_channel

TODAY = date(2026, 11, 23)


@pytest.fixture
def tariff(content_root: Path) -> Tariff:
    return Tariff(read_tariff(content_root, []), read_services(content_root, []))


def ask(tariff: Tariff, service: str | None, **known: object) -> Quote | Missing:
    return quote(tariff, FeeQuery(service=service, **{"on": TODAY, **known}))  # type: ignore[arg-type]


def missing(tariff: Tariff, service: str | None, **known: object) -> tuple[str, ...]:
    answer = ask(tariff, service, **known)
    assert isinstance(answer, Missing)
    return answer.details


def quoted(tariff: Tariff, service: str | None, **known: object) -> Quote:
    answer = ask(tariff, service, **known)
    assert isinstance(answer, Quote)
    return answer


def test_without_a_service_only_the_service_is_asked(tariff: Tariff) -> None:
    answer = ask(tariff, None)
    assert isinstance(answer, Missing)
    assert answer.details == ("service",)
    assert answer.choices["service"][0] == "interbank"


def test_the_client_kind_comes_first_and_what_may_not_matter_waits(tariff: Tariff) -> None:
    assert missing(tariff, "interbank") == ("client_kind",)
    assert missing(tariff, "interbank", client_kind="personal") == ("channel",)
    assert missing(tariff, "interbank", client_kind="corporate") == ("amount",)
    assert missing(tariff, "interbank", channel="counter") == ("client_kind", "amount")


def test_choices_are_those_that_lead_to_a_row(tariff: Tariff) -> None:
    answer = ask(tariff, "interbank", client_kind="personal")
    assert isinstance(answer, Missing)
    assert answer.choices == {"channel": ("counter", "online")}


def test_what_makes_no_difference_is_not_asked(tariff: Tariff) -> None:
    assert quoted(tariff, "cheque").fee_fen == 100
    assert quoted(tariff, "interbank", channel="online").fee_fen == 0
    assert missing(tariff, "cheque_loss") == ("amount",)


def test_currencies_are_asked_where_the_home_currency_has_no_price(tariff: Tariff) -> None:
    answer = ask(tariff, "credit_letter")
    assert isinstance(answer, Missing)
    assert answer.details == ("currency", "amount")
    assert answer.choices["currency"] == ("EUR", "USD")
    paid = quoted(tariff, "credit_letter", currency="USD", amount_fen=100_000_00)
    assert (paid.fee_fen, paid.currency) == (100_00, "USD")


def test_the_arithmetic_can_be_written_out(tariff: Tariff) -> None:
    answer = quoted(
        tariff, "interbank", client_kind="personal", channel="counter", amount_fen=6_000_000
    )
    assert [(str(step.kind), dict(step.values)) for step in answer.steps] == [
        ("bracket", {"amount": 6_000_000, "above": 5_000_000, "up_to": None}),
        (
            "rate",
            {
                "amount": 6_000_000,
                "percent": Decimal("0.03"),
                "exact": Fraction(1800),
                "fee": 1800,
            },
        ),
    ]
    assert (answer.source.en, answer.effective_from) == ("Sample list", date(2014, 8, 1))


def test_cap_and_floor_show_as_steps(tariff: Tariff) -> None:
    capped = quoted(tariff, "cash", amount_fen=2_000_000)
    assert dict(capped.steps[-1].values) == {"before": 10_000, "fee": 5_000}
    floored = quoted(tariff, "cheque_loss", amount_fen=100_000)
    assert dict(floored.steps[-1].values) == {"before": 100, "fee": 500}


@pytest.mark.parametrize(
    ("on", "fen"), [(date(2025, 1, 1), 300), (date(2025, 12, 31), 300), (date(2026, 1, 1), 0)]
)
def test_the_day_asked_for_decides_the_price(tariff: Tariff, on: date, fen: int) -> None:
    answer = quoted(tariff, "interbank", client_kind="personal", channel="online", on=on)
    assert answer.fee_fen == fen


@pytest.mark.parametrize("known", [{"amount_fen": 0}, {"amount_fen": -1}, {"quantity": 0}])
def test_zero_and_less_are_refused_before_anything_is_asked(
    tariff: Tariff, known: dict[str, int]
) -> None:
    with pytest.raises(AmountNotPositive) as caught:
        ask(tariff, None, **known)
    assert caught.value.value == next(iter(known.values()))


def test_no_row_says_what_there_is_instead(tariff: Tariff) -> None:
    with pytest.raises(NoTariffRow) as caught:
        ask(tariff, "interbank", client_kind="corporate", channel="online")
    assert caught.value.channels == ("counter",)
    assert caught.value.client_kinds == ("personal",)
    with pytest.raises(NoTariffRow) as early:
        ask(tariff, "card_year", on=date(2025, 6, 1))
    assert early.value.valid_from == date(2026, 1, 1)


def test_channels_can_be_compared(tariff: Tariff) -> None:
    asked = FeeQuery(
        service="interbank", client_kind="personal", amount_fen=200_000, channel="atm", on=TODAY
    )
    answers = quotes_by_channel(tariff, asked)
    assert isinstance(answers, tuple)
    assert [(str(answer.row.channel), answer.fee_fen) for answer in answers] == [
        ("counter", 200),
        ("online", 0),
    ]


def test_comparing_asks_for_the_amount_that_some_channel_needs(tariff: Tariff) -> None:
    asked = FeeQuery(service="interbank", client_kind="personal", on=TODAY)
    answer = quotes_by_channel(tariff, asked)
    assert isinstance(answer, Missing)
    assert answer.details == ("amount",)
