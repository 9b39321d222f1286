"""Blocks answer as the assistant answers about one client."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.cases import ClientCase, ProductFacts
from recommender.gate import held_back, risk_step
from recommender.levels import MISSING
from recommender.ranking import chance_table
from recommender.recommend import recommend
from recommender.scoring.best import NONE
from recommender.scoring.blocks import Block, Offer, ScoredBlock, score_block
from recommender.scoring.parts import block_of, read_part, tables_wanted
from recommender.scoring.removal_values import values_found
from recommender.scoring.scorer import Scorer
from recommender.scoring.splitting import part_folder, split_table
from recommender.trained import TrainedModel
from recommender.views import view_clients
from tests.support.scoring import TODAY, gate_rows


@pytest.fixture(scope="session")
def scorer(trained: TrainedModel) -> Scorer:
    return Scorer.of(trained)


@pytest.fixture(scope="session")
def offer(facts: tuple[ProductFacts, ...]) -> Offer:
    return Offer(facts, TODAY)


@pytest.fixture(scope="session")
def block(
    folder: Path, scorer: Scorer, offer: Offer, tmp_path_factory: pytest.TempPathFactory
) -> Block:
    work = tmp_path_factory.mktemp("work")
    kinds: dict[str, str] = {}
    for wanted in tables_wanted(["kind", "age", "trade", "income"]):
        kinds |= split_table(folder, wanted, work, 1) or {}
    part = read_part(part_folder(work, 0), offer.products, kinds)
    assert part is not None
    return block_of(part, scorer, offer)


@pytest.fixture(scope="session")
def scored(scorer: Scorer, block: Block, offer: Offer) -> ScoredBlock:
    return score_block(scorer, block, offer)


FOUND_IN = {
    "client_kind": "client",
    "requires_product": "requires",
    "licence": "licence",
    "balance_floor": "balance_fen",
    "questionnaire_expired": "expired_on",
    "suitability_risk": "risk_grade",
    "quiet_period": "until",
}
"""Of each rule that the tables carry, which of the single gate's values is the one it found."""


def row_of(scored: ScoredBlock, client_id: str) -> int:
    return int(np.flatnonzero(scored.client_ids == client_id)[0])


def test_suggestions_and_removals_are_those_for_each_client_alone(
    trained: TrainedModel, scored: ScoredBlock, offer: Offer, cases: list[ClientCase]
) -> None:
    """Same products in the same order, same scores, and every removal with the same rule."""
    products = {fact.product_id: fact for fact in offer.products}
    for case in cases:
        alone = recommend(trained, case, products, TODAY, offer.limit)
        row = row_of(scored, case.client_id)
        shown = scored.products[row][scored.products[row] != NONE]
        assert [trained.model.products.ids[p] for p in shown] == [
            each.product_id for each in alone.suggestions
        ]
        np.testing.assert_allclose(
            scored.scores[row, : len(shown)], [s.score for s in alone.suggestions], atol=1e-4
        )
        removed = {
            offer.products[place].product_id: offer.codes[scored.removed[row, place] - 1]
            for place in np.flatnonzero(scored.removed[row])
        }
        assert removed == {each.product_id: each.rule for each in alone.held_back}


def test_every_removal_says_what_its_rule_found_as_it_is_said_of_one_client(
    scored: ScoredBlock, block: Block, offer: Offer, cases: list[ClientCase]
) -> None:
    said = dict(
        zip(
            zip(*np.nonzero(scored.removed), strict=True),
            values_found(block.gate, offer, scored.removed),
            strict=True,
        )
    )
    told = 0
    for case in cases:
        row = row_of(scored, case.client_id)
        for place, fact in enumerate(offer.products):
            alone = held_back(case, fact, TODAY, offer.rules)
            if alone is None:
                continue
            key = FOUND_IN.get(alone.rule)
            found = alone.detail[key] if key else ""
            unreadable = key == "risk_grade" and risk_step("C", found) is None
            assert said[row, place] == ("" if unreadable else found), (case, alone)
            told += key is not None
    assert told > 100


def test_every_rule_of_the_gate_that_the_tables_carry_is_met_with(
    scored: ScoredBlock, offer: Offer
) -> None:
    """Else the comparison above would prove nothing of the rule."""
    met = {offer.codes[code - 1] for code in np.unique(scored.removed) if code}
    assert met >= {
        "already_held",
        "client_kind",
        "do_not_contact",
        "requires_product",
        "questionnaire_missing",
        "questionnaire_expired",
        "suitability_risk",
        "quiet_period",
        "control_group",
        "unknown_to_model",
    }


def test_chances_are_those_of_the_ranking(
    trained: TrainedModel, scored: ScoredBlock, offer: Offer, cases: list[ClientCase]
) -> None:
    views = view_clients(trained.model, cases)
    table = chance_table(trained, views, {fact.product_id: fact for fact in offer.products})
    for place, case in enumerate(cases):
        row = row_of(scored, case.client_id)
        shown = scored.products[row][scored.products[row] != NONE]
        np.testing.assert_allclose(
            scored.chances[row, : len(shown)], table[place, shown], rtol=1e-3, atol=1e-6
        )


def test_reasons_are_the_largest_parts_of_the_score_that_speak_for_it(
    trained: TrainedModel, scored: ScoredBlock, offer: Offer, cases: list[ClientCase]
) -> None:
    products = {fact.product_id: fact for fact in offer.products}
    for case in cases[:60]:
        row = row_of(scored, case.client_id)
        for place, suggestion in enumerate(
            recommend(trained, case, products, TODAY, offer.limit).suggestions
        ):
            speaking = (r for r in suggestion.reasons[:-1] if r.value != MISSING)
            wanted = [r.contribution for r in speaking if r.contribution > 0][:3]
            found = scored.contributions[row, place]
            np.testing.assert_allclose(found[: len(wanted)], wanted, atol=1e-5)
            assert list(scored.features[row, place, len(wanted) :]) == [NONE] * (3 - len(wanted))


def test_an_unsaid_attribute_is_never_a_reason_and_changes_no_rank(
    scorer: Scorer, block: Block, offer: Offer, scored: ScoredBlock
) -> None:
    hidden = Offer(offer.products, TODAY, unsaid=frozenset({"age", "trade"}))
    quiet = score_block(scorer, block, hidden)
    said = quiet.features[quiet.features != NONE]
    named = scorer.trained.model.named
    names = {named[number].attribute for number in said if number < len(named)}
    assert names == {"kind", "income"}
    np.testing.assert_array_equal(quiet.products, scored.products)


@settings(max_examples=20)
@given(data=st.data())
def test_no_client_s_answer_depends_on_the_others_or_their_order(
    scorer: Scorer, block: Block, offer: Offer, scored: ScoredBlock, data: st.DataObject
) -> None:
    """Any clients in any order answer as they do among all."""
    count = len(block.client_ids)
    rows = np.array(
        data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=40, unique=True))
    )
    part = Block(
        block.client_ids[rows],
        block.attributes.iloc[rows].reset_index(drop=True),
        block.held[rows],
        gate_rows(block.gate, rows),
    )
    again = score_block(scorer, part, offer)
    np.testing.assert_array_equal(again.products, scored.products[rows])
    np.testing.assert_array_equal(again.removed, scored.removed[rows])
    np.testing.assert_array_equal(again.features, scored.features[rows])
    np.testing.assert_allclose(again.chances, scored.chances[rows], rtol=1e-5)


def test_a_missing_column_stops_what_depends_on_it(
    scorer: Scorer, folder: Path, offer: Offer, tmp_path: Path
) -> None:
    """Without grades nothing that needs a questionnaire is suggested to anybody."""
    table = pd.read_csv(folder / "clients.csv", dtype=str).drop(columns="risk_grade")
    for name in ("holdings", "products"):
        (tmp_path / f"{name}.csv").write_bytes((folder / f"{name}.csv").read_bytes())
    table.to_csv(tmp_path / "clients.csv", index=False)
    kinds: dict[str, str] = {}
    for wanted in tables_wanted(["kind", "age", "trade", "income"]):
        kinds |= split_table(tmp_path, wanted, tmp_path / "work", 1) or {}
    part = read_part(part_folder(tmp_path / "work", 0), offer.products, kinds)
    assert part is not None
    scored = score_block(scorer, block_of(part, scorer, offer), offer)
    risky = [n for n, p in enumerate(scorer.trained.model.products.ids) if p in ("fund", "gold")]
    assert not np.isin(scored.products, risky).any()
