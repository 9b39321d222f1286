"""What is wrong with prices, waivers and exchange rates is told with its file, line and value."""

import csv
from pathlib import Path

import pytest

import knowledge
from data.sample import products as sample_products
from knowledge.check import check, check_content
from knowledge.content import read_content
from tests.knowledge.conftest import write_content

TARIFF = """\
row_id,service,client_kind,channel,currency,basis,fee,rate,floor,cap,brackets,rounding,\
source_zh,source_en,effective_from,effective_to,note_zh,note_en,guided,\
period,proration,free_items,stacking,converts,monotone
A1,interbank,both,counter,CNY,brackets,,,,,1000:0.8%|*:0.5%,half_up,据,List,2026-01-01,,,,no,,,,best,no,no
A2,cash,both,any,CNY,marginal,,,1,90,1000:0.8%|*:0.5%,half_up,据,List,2026-01-01,,,,no,,,,multiply,yes,yes
A3,cheque,both,any,CNY,per_item,2,,,,,half_up,据,List,2026-01-01,,,,no,,,3,,,
A4,cheque_loss,both,any,CNY,per_period,30,,,,,half_up,据,List,2026-01-01,,,,no,month,none,,in_order,,
A5,cheque_form,both,any,CNY,per_period,,0.2,5,,,half_up,据,List,2026-01-01,,,,no,quarter,days,,,,
A6,card_year,both,any,CNY,fixed,10,,,,,half_up,据,List,2026-01-01,,年,Year,no,,,,,,
A7,credit_letter,both,any,USD,rate,,0.1,,,,half_up,据,List,2026-01-01,,,,no,,,,,,yes
"""
WAIVERS = """\
waiver_id,services,client_kind,channel,currency,grades,products,least_balance,percent_off,\
amount_off,combines,order,name_zh,name_en,source_zh,source_en,effective_from,effective_to
W1,interbank;cash,both,any,,gold;private,,,50,,no,,减半,Half,据,List,2026-01-01,
W2,cheque,both,any,CNY,,CARD,,,1,yes,2,减一元,One off,据,List,2026-01-01,2026-12-31
W3,card_year,both,any,,,,10000,100,,no,,免,Free,据,List,2026-01-01,
"""
RATES = """\
currency,rate,unit,on,source_zh,source_en
USD,7.1,1,2026-01-01,据,List
JPY,4.6,100,2026-01-01,据,List
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_content(tmp_path)
    for name, text in (("tariff", TARIFF), ("waivers", WAIVERS), ("rates", RATES)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_sound_prices_have_no_faults(root: Path) -> None:
    assert check(root) == ()


def test_waivers_and_rates_may_be_left_out(root: Path) -> None:
    (root / "waivers.csv").unlink()
    (root / "rates.csv").unlink()
    assert check(root) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "problem", "line", "column", "value"),
    [
        ("tariff", "best,no,no", "best,no,yes", "not_monotone", 2, "monotone", "100000"),
        ("tariff", "multiply", "sum", "not_allowed", 3, "stacking", "sum"),
        ("tariff", ",1,90,1000:0.8%", ",1,90,1000:8", "part_bad", 3, "brackets", "1000:8"),
        ("tariff", ",3,,,", ",x,,,", "not_whole_positive", 4, "free_items", "x"),
        ("tariff", "month,none", ",none", "field_missing", 5, "period", ""),
        ("tariff", "month,none", "week,none", "not_allowed", 5, "period", "week"),
        ("tariff", "quarter,days", "quarter,hours", "not_allowed", 6, "proration", "hours"),
        ("tariff", "per_period,,0.2", "per_period,7,0.2", "fee_and_rate", 6, "fee", "7"),
        ("tariff", "年,Year,no,", "年,Year,no,year", "not_for_basis", 7, "period", "year"),
        ("tariff", ",,,,,,yes", ",,,,,yes,yes", "converts_abroad", 8, "converts", "USD"),
        ("tariff", "both,any,USD", "both,any,EUR", "rate_missing", 8, "currency", "EUR"),
        (
            "waivers",
            "interbank;cash",
            "interbank;nothing",
            "service_unknown",
            2,
            "services",
            "nothing",
        ),
        ("waivers", "gold;private", "gold;silver", "not_allowed", 2, "grades", "silver"),
        ("waivers", "50,,no", "50,,maybe", "not_allowed", 2, "combines", "maybe"),
        ("waivers", "50,,no", "150,,no", "percent_bad", 2, "percent_off", "150"),
        ("waivers", "50,,no", ",,no", "percent_or_amount", 2, "percent_off", None),
        ("waivers", ",,1,yes", ",5,1,yes", "percent_or_amount", 3, "percent_off", None),
        ("waivers", "any,CNY", "any,", "amount_without_currency", 3, "amount_off", "1"),
        ("waivers", "any,CNY", "any,EUR", "waiver_nothing", 3, "services", "cheque"),
        (
            "waivers",
            "2026-01-01,2026-12-31",
            "2026-01-01,2025-12-31",
            "ends_before_start",
            3,
            "effective_to",
            None,
        ),
        (
            "waivers",
            "W3,card_year,both,any,,,,10000",
            "W3,interbank,both,any,,gold;private,,",
            "waivers_overlap",
            4,
            "effective_from",
            None,
        ),
        ("waivers", "W3,", "W2,", "id_repeated", 4, "waiver_id", "W2"),
        ("waivers", ",10000,", ",-1,", "money_bad", 4, "least_balance", "-1"),
        ("waivers", "免,Free", "免,", "field_missing", 4, "name_en", ""),
        ("rates", "USD,7.1", "USD,-7.1", "rate_bad", 2, "rate", "-7.1"),
        ("rates", "USD,7.1", "USD,", "field_missing", 2, "rate", ""),
        ("rates", "JPY", "USD", "rate_repeated", 3, "on", "USD 2026-01-01"),
        ("rates", "JPY", "CNY", "currency_unknown", 3, "currency", "CNY"),
        ("rates", "100,2026-01-01", "100,tomorrow", "not_date", 3, "on", "tomorrow"),
    ],
)
def test_each_fault_is_told_where_it_stands(  # one column a parameter
    root: Path,
    name: str,
    old: str,
    new: str,
    problem: str,
    line: int,
    column: str,
    value: str | None,
) -> None:
    path = root / f"{name}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    faults = [fault for fault in check(root) if fault.problem == problem]
    assert faults, check(root)
    assert (faults[0].file, faults[0].line, faults[0].column) == (f"{name}.csv", line, column)
    assert value in (None, faults[0].value)


def test_waivers_of_one_condition_may_combine(root: Path) -> None:
    """Two that combine are no contradiction; of two that do not, nobody knows which holds."""
    alike = "W4,cheque,both,any,CNY,,CARD,,,1,{},3,再减,More off,据,List,2026-06-01,\n"
    path = root / "waivers.csv"
    for combines, faults in (("yes", set()), ("no", {"waivers_overlap"})):
        path.write_text(WAIVERS + alike.format(combines), "utf-8")
        assert {fault.problem for fault in check(root)} == faults


def test_a_product_that_the_catalogue_does_not_have_is_a_fault(root: Path) -> None:
    content = read_content(root, [])
    assert check_content(content, {"CARD"}) == ()
    faults = check_content(content, {"GOLD"})
    assert [(f.line, f.value, f.problem) for f in faults] == [(3, "CARD", "product_unknown")]


def test_the_shipped_waivers_name_products_of_the_sample_catalogue() -> None:
    content = read_content(Path(knowledge.__file__).parent / "content", [])
    listed = Path(sample_products.__file__).with_name("products.csv")
    with listed.open(encoding="utf-8", newline="") as file:
        ids = {row["product_id"] for row in csv.DictReader(file)}
    assert check_content(content, ids) == ()
    assert any(waiver.products for waiver in content.tariff.waivers)
