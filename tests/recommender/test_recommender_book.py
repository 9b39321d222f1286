"""A book's lists: nothing that the gate holds back, one action a client, no product too often."""

from collections import Counter
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.book import Book, by_expected_value, contact_first, open_book, penetration
from recommender.cases import ClientCase, ProductFacts
from recommender.errors import RulesRefused
from recommender.gate_rules import USUAL, ControlGroup
from recommender.ranking import rank_clients
from recommender.trained import TrainedModel
from recommender.values import VALUES_FILE, ProductValue, Values, load_values
from tests.recommender.gate_cases import suits
from tests.recommender.test_recommender_gate import TODAY, cases

VALUES = Values(
    {
        "fund": ProductValue(10_000),
        "gold": ProductValue(5_000, 0.5, "age", 6_000),
        "loan": ProductValue(90_000),
        "card": ProductValue(3_000),
        "deposit": ProductValue(1_000),
    },
    hopeless_below=0.005,
    most_of_one_product=0.3,
)
several = st.lists(cases, max_size=14).map(
    lambda found: [case_named(case, number) for number, case in enumerate(found)]
)


def case_named(case: ClientCase, number: int) -> ClientCase:
    return ClientCase(
        f"k{number:02}",
        case.attributes,
        case.held,
        case.kind,
        case.risk_grade,
        case.risk_expires_on,
        do_not_contact=number % 5 == 4,
    )


def opened(
    trained: TrainedModel, people: list[ClientCase], catalogue: dict[str, ProductFacts]
) -> Book:
    return open_book(trained, people, catalogue, VALUES, TODAY, USUAL)


@settings(max_examples=50)
@given(people=several, limit=st.integers(1, 10))
def test_no_list_shows_anything_unsuitable(
    trained: TrainedModel,
    catalogue: dict[str, ProductFacts],
    people: list[ClientCase],
    limit: int,
) -> None:
    """Contact list, product lists and penetration all go through the same gate."""
    book, by_id = opened(trained, people, catalogue), {case.client_id: case for case in people}
    for action in contact_first(book, VALUES, limit).actions:
        assert suits(by_id[action.client_id], catalogue[action.product_id])
    for product_id, facts in catalogue.items():
        actions, hopeless = by_expected_value(book, product_id, VALUES)
        may = {case.client_id for case in people if suits(case, facts)}
        if product_id != "brand_new":
            assert {action.client_id for action in actions} <= may
            assert len(actions) + hopeless == len(may)
    for row in penetration(book, VALUES):
        assert row.open <= sum(suits(case, catalogue[row.product_id]) for case in people)


@settings(max_examples=50)
@given(people=several, limit=st.integers(1, 10))
def test_each_client_once_and_no_product_more_than_its_share(
    trained: TrainedModel,
    catalogue: dict[str, ProductFacts],
    people: list[ClientCase],
    limit: int,
) -> None:
    found = contact_first(opened(trained, people, catalogue), VALUES, limit)
    clients = [action.client_id for action in found.actions]
    assert len(clients) == len(set(clients)) <= limit
    taken = Counter(action.product_id for action in found.actions)
    assert max(taken.values(), default=0) <= ceil(limit * VALUES.most_of_one_product)
    worth = [action.chance * action.value for action in found.actions]
    assert worth == sorted(worth, reverse=True)
    assert all(action.chance >= VALUES.hopeless_below for action in found.actions)


@settings(max_examples=25)
@given(people=several, data=st.data())
def test_the_order_of_the_book_changes_no_list(
    trained: TrainedModel,
    catalogue: dict[str, ProductFacts],
    people: list[ClientCase],
    data: st.DataObject,
) -> None:
    turned = data.draw(st.permutations(people))
    lists = [
        [
            (a.client_id, a.product_id)
            for a in contact_first(opened(trained, order, catalogue), VALUES, 5).actions
        ]
        for order in (people, turned)
    ]
    assert lists[0] == lists[1]


def test_chances_of_a_book_are_those_of_a_products_ranking(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    people = [
        ClientCase(f"k{n}", {"age": 20.0 + n, "trade": "care"}, ("deposit",), "personal", "C5")
        for n in range(30)
    ]
    book = opened(trained, people, catalogue)
    actions, _ = by_expected_value(book, "fund", VALUES)
    ranking = rank_clients(trained, "fund", people, catalogue, TODAY, 99)
    chances = {entry.client_id: entry.chance for entry in ranking.entries}
    for action in actions:
        assert action.chance == pytest.approx(chances[action.client_id])


def test_penetration_counts_holders_of_those_who_may_hold(
    trained: TrainedModel, catalogue: dict[str, ProductFacts]
) -> None:
    people = [
        ClientCase("a", {}, ("fund",), "personal"),
        ClientCase("b", {}, ("deposit",), "personal"),
        ClientCase("c", {}, ("loan",), "corporate"),
    ]
    rows = {row.product_id: row for row in penetration(opened(trained, people, catalogue), VALUES)}
    assert (rows["fund"].holders, rows["fund"].eligible, rows["fund"].share) == (1, 2, 0.5)
    assert (rows["loan"].holders, rows["loan"].eligible) == (1, 1)


@given(
    figure=st.one_of(st.none(), st.floats(0, 1e9), st.just(float("nan"))),
    cap=st.one_of(st.none(), st.integers(0, 10**8)),
)
def test_a_value_is_whole_fen_grows_with_its_figure_and_keeps_its_cap(
    figure: float | None, cap: int | None
) -> None:
    value = ProductValue(5_000, 0.001, "deposits", cap)
    worth = value.for_client({"deposits": figure})
    assert isinstance(worth, int)
    assert cap is None or worth <= cap
    assert worth >= min(5_000, 5_000 if cap is None else cap)


def test_the_values_that_ship_are_sound_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    assert 0 < load_values().hopeless_below < 1
    path = tmp_path / "values.yml"
    text = VALUES_FILE.read_text(encoding="utf-8")
    text = text.replace("hopeless_below: 0.01", "hopeless_below: 7")
    text = text.replace("product: EBANK_P, yearly: 25", "product: EBANK_P, yearly: -25")
    text = text.replace("product: MOBILE_P", "product: EBANK_P")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesRefused) as refused:
        load_values(path)
    told = [fault.why for fault in refused.value.faults]
    assert told == ["must be between 0 and 1", "must not be negative", "has two values"]


@given(share=st.floats(0.05, 0.5), seed=st.integers(0, 10))
@settings(max_examples=20)
def test_a_control_group_is_random_near_its_share_and_always_the_same(
    share: float, seed: int
) -> None:
    group, products = ControlGroup(share, seed), [f"p{number}" for number in range(20)]
    drawn = [group.withheld(f"k{number}", products) for number in range(200)]
    again = [group.withheld(f"k{number}", products[::-1]) for number in range(200)]
    assert drawn == again
    assert abs(sum(map(len, drawn)) / 4000 - share) < 0.06
    assert not ControlGroup(0.0, seed).withheld("k1", products)
