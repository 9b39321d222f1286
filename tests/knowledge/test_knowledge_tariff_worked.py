"""Every basis and every stacking rule comes out as worked by hand, to the fen."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.language import Bilingual
from knowledge.reading.tariff_file import read_tariff
from knowledge.tariff import FeeQuery, Quote, Tariff, quote
from knowledge.tariff.bases import Charge
from knowledge.tariff.rounding import Rounding
from knowledge.tariff.spans import Span
from knowledge.tariff.waivers import Stacking, Waiver, waive
from tests.knowledge.conftest import HEADER

HERE = Path(__file__).parent
EXTRA = ",period,proration,free_items,stacking,converts,monotone"


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def tariff_of(root: Path, basis: str, columns: str) -> Tariff:
    cells = dict.fromkeys((HEADER + EXTRA).split(","), "")
    cells |= {"row_id": "R", "service": "s", "client_kind": "both", "channel": "any"}
    cells |= {"currency": "CNY", "basis": basis, "rounding": "half_up", "source_zh": "据"}
    cells |= {"source_en": "List", "effective_from": "2014-08-01", "guided": "no"}
    cells |= dict(pair.split("=", 1) for pair in _pairs(columns))
    with (root / "tariff.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells))
        writer.writeheader()
        writer.writerow(cells)
    faults: list[object] = []
    tariff = Tariff(read_tariff(root, faults), ())  # type: ignore[arg-type]
    assert faults == []
    return tariff


def _pairs(columns: str) -> list[str]:
    return [pair for pair in columns.split(";") if pair]


@pytest.mark.parametrize(
    "case", rows("worked_fees.csv"), ids=lambda c: f"{c['basis']}-{c['amount']}-{c['worked']}"
)
def test_a_fee_is_the_one_worked_by_hand(tmp_path: Path, case: dict[str, str]) -> None:
    tariff = tariff_of(tmp_path, case["basis"], case["columns"])
    dates = [date.fromisoformat(case[end]) for end in ("first", "last") if case[end]]
    asked = FeeQuery(
        service="s",
        amount_fen=fen(case["amount"]) if case["amount"] else None,
        quantity=int(case["quantity"]),
        span=Span(*dates) if dates else None,
        on=date(2026, 11, 23),
    )
    answer = quote(tariff, asked)
    assert isinstance(answer, Quote)
    assert answer.fee_fen == fen(case["fee"]), case["worked"]
    assert answer.steps[-1].values.get("fee", 0) == answer.fee_fen


def waiver(text: str, number: int) -> Waiver:
    combines, off = text.endswith("+"), text.rstrip("+")
    percent = Decimal(off[:-1]) if off.endswith("%") else None
    return Waiver(
        waiver_id=f"W{number}",
        services=frozenset({"s"}),
        client_kind="both",
        channel="any",
        currency="",
        grades=frozenset(),
        products=frozenset(),
        least_balance=None,
        percent=percent,
        less=None if percent is not None else fen(off),
        combines=combines,
        order=number,
        name=Bilingual("减", "Off"),
        source=Bilingual("据", "List"),
        effective_from=date(2026, 1, 1),
        effective_to=None,
    )


@pytest.mark.parametrize(
    "case", rows("worked_waivers.csv"), ids=lambda c: f"{c['rule']}-{c['waivers']}"
)
def test_waivers_stack_as_worked_by_hand(case: dict[str, str]) -> None:
    given = [waiver(text, number) for number, text in enumerate(case["waivers"].split("|"))]
    waived = waive(Charge(fen(case["fee"]), ()), given, Stacking(case["rule"]), Rounding.HALF_UP)
    assert waived.charge.fee == fen(case["left"]), case["worked"]
    assert bool(waived.waivers) == (case["fee"] != case["left"])
