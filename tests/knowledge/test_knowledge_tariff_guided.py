"""Government-guided prices come out to the fen, as worked by hand, tops of brackets inclusive."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.reading.service_file import read_services
from knowledge.reading.tariff_file import read_tariff
from knowledge.tariff import FeeQuery, Quote, Tariff, quote

TODAY = date(2026, 11, 23)


@pytest.fixture
def tariff(content_root: Path) -> Tariff:
    return Tariff(read_tariff(content_root, []), read_services(content_root, []))


def fee(tariff: Tariff, service: str, kind: str, yuan: float | None, quantity: int = 1) -> int:
    amount = None if yuan is None else round(yuan * 100)
    asked = FeeQuery(
        service=service,
        client_kind=kind,
        channel="counter",
        amount_fen=amount,
        quantity=quantity,
        on=TODAY,
    )
    quoted = quote(tariff, asked)
    assert isinstance(quoted, Quote)
    return quoted.fee_fen


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        (0.01, 200),
        (2000, 200),
        (2000.01, 500),
        (5000, 500),
        (5000.01, 1000),
        (10000, 1000),
        (10000.01, 1500),
        (50000, 1500),
        (50000.01, 1500),
        (60000, 1800),
        (60016.66, 1800),
        (60016.67, 1801),
        (166666.66, 5000),
        (200000, 5000),
        (99999999.99, 5000),
    ],
)
def test_personal_interbank_transfer_at_the_counter(tariff: Tariff, yuan: float, fen: int) -> None:
    assert fee(tariff, "interbank", "personal", yuan) == fen


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        (10000, 500),
        (10000.01, 1000),
        (100000, 1000),
        (100000.01, 1500),
        (500000, 1500),
        (500000.01, 2000),
        (1000000, 2000),
        (1000000.01, 2000),
        (1500000, 3000),
        (10000000, 20000),
        (50000000, 20000),
    ],
)
def test_corporate_interbank_transfer_at_the_counter(tariff: Tariff, yuan: float, fen: int) -> None:
    assert fee(tariff, "interbank", "corporate", yuan) == fen


@pytest.mark.parametrize(("yuan", "fen"), [(100, 50), (9999.99, 5000), (10000, 5000), (1, 1)])
def test_personal_cash_remittance(tariff: Tariff, yuan: float, fen: int) -> None:
    assert fee(tariff, "cash", "personal", yuan) == fen


@pytest.mark.parametrize(("yuan", "fen"), [(100, 500), (5000, 500), (5010, 501), (80000, 8000)])
def test_cheque_loss_report(tariff: Tariff, yuan: float, fen: int) -> None:
    assert fee(tariff, "cheque_loss", "corporate", yuan) == fen


def test_cheques_and_forms_are_charged_by_the_piece(tariff: Tariff) -> None:
    assert fee(tariff, "cheque", "corporate", None) == 100
    assert fee(tariff, "cheque", "corporate", None, quantity=25) == 2500
    assert fee(tariff, "cheque_form", "corporate", None, quantity=25) == 1000


def test_a_yearly_fee_is_charged_once_whatever_the_quantity(tariff: Tariff) -> None:
    assert fee(tariff, "card_year", "personal", None, quantity=3) == 1000


def test_the_fee_of_several_transfers_is_that_of_one_times_their_number(tariff: Tariff) -> None:
    assert fee(tariff, "interbank", "personal", 60000, quantity=5) == 9000
