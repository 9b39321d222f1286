"""What goes into use, and on which data that is decided."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender.dataset import Dataset
from recommender.errors import ModelBroken
from recommender.holdout import hold_out
from recommender.registry import Registry
from recommender.release import IN_USE, MEASURED, judge, release, scores_of, version_in_use
from recommender.settings import Settings
from recommender.standings import Standing
from recommender.storage import load
from recommender.trained import ModelCard, TrainedModel
from recommender.training import OWN, train

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def card_of(trained: TrainedModel, **mrr: float) -> ModelCard:
    rows = tuple(Standing(name.replace("_", " "), 0, 0, value, 0) for name, value in mrr.items())
    return replace(trained.card, metrics=rows)


def pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(frame[["client_id", "product_id"]].itertuples(index=False, name=None))


def test_a_version_must_beat_every_simple_method(trained: TrainedModel) -> None:
    assert judge(card_of(trained, popularity=0.4, plays=0.3, own=0.5)).released
    lost = judge(card_of(trained, popularity=0.4, co_occurrence=0.6, plays=0.5, own=0.5))
    assert not lost.released
    assert lost.lost_to == ("co occurrence", "plays")


def test_as_good_as_the_version_in_use_is_enough(trained: TrainedModel) -> None:
    """Of two that find as much, the one that knows the newer data is taken."""
    assert judge(card_of(trained, popularity=0.4, in_use=0.5, own=0.5)).released
    assert judge(card_of(trained, popularity=0.4, in_use=0.6, own=0.5)).lost_to == (IN_USE,)


def test_what_was_never_measured_stays_a_candidate(trained: TrainedModel) -> None:
    verdict = judge(trained.card)
    assert (verdict.released, verdict.measured) == (False, False)


def test_the_split_is_that_of_the_data_not_of_their_order(bank: Dataset) -> None:
    """Shuffled, or with clients added, the same holdings are hidden."""
    _, hidden = hold_out(bank)
    holders = bank.holdings.groupby("client_id").size()
    assert 0.15 < len(hidden) / (holders > 1).sum() < 0.25
    assert hidden["client_id"].is_unique
    tables = (bank.clients.reset_index(), bank.holdings, bank.products.reset_index())
    shuffled = Dataset.of(*(table.sample(frac=1, random_state=3) for table in tables))
    assert pairs(hold_out(shuffled)[1]) == pairs(hidden)
    half = bank.clients.index[::2]
    fewer = Dataset.of(
        bank.clients.loc[half].reset_index(),
        bank.holdings[bank.holdings["client_id"].isin(half)],
        bank.products.reset_index(),
    )
    own = {pair for pair in pairs(hidden) if pair[0] in set(half)}
    assert pairs(hold_out(fewer)[1]) == own


def test_hidden_and_visible_make_the_whole(bank: Dataset) -> None:
    visible, hidden = hold_out(bank)
    assert pairs(visible.holdings) | pairs(hidden) == pairs(bank.holdings)
    assert not pairs(visible.holdings) & pairs(hidden)


@pytest.fixture(scope="module")
def versions(
    small_bank: Dataset, quick: Settings, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Registry, ModelCard, ModelCard]:
    """Two trainings on the same data, the second beside the first."""
    registry = Registry(tmp_path_factory.mktemp("models"))
    first = train(small_bank, 1, registry.folder, NOW, quick)
    registry.use(first.version, "test", "", NOW)
    used = version_in_use(registry, small_bank.product_ids.ids, dated=False)
    assert used is not None
    later = NOW + timedelta(days=1)
    second = train(small_bank, 1, registry.folder, later, quick, rivals={IN_USE: used})
    return registry, first, second


def test_the_version_in_use_is_measured_without_having_seen_what_is_hidden(
    versions: tuple[Registry, ModelCard, ModelCard],
) -> None:
    """The same data and seed stand exactly alike, which the model trained on all would not."""
    _, first, second = versions
    rows = {row.method: row for row in second.metrics}
    assert rows[IN_USE].mrr == rows[OWN].mrr == first.metrics[-1].mrr


def test_the_twin_differs_from_the_model_that_answers(
    versions: tuple[Registry, ModelCard, ModelCard], small_bank: Dataset
) -> None:
    registry, first, _ = versions
    twin = load(registry.folder / first.version / MEASURED, small_bank.product_ids.ids)
    whole = registry.load(first.version, small_bank.product_ids.ids)
    assert twin.model.holders.sum() == whole.model.holders.sum() - first.hidden


def test_scores_follow_the_dataset_s_own_order_of_products(
    trained: TrainedModel, bank: Dataset
) -> None:
    """A product the model does not know is below every other."""
    products = bank.products.iloc[::-1].reset_index()
    grown = pd.concat([products, pd.DataFrame({"product_id": ["new"]})])
    other = Dataset.of(bank.clients.reset_index(), bank.holdings, grown)
    ours, theirs = scores_of(trained.model, bank), scores_of(trained.model, other)
    np.testing.assert_allclose(theirs[:, :-1], ours[:, ::-1])
    assert (theirs[:, -1] < ours.min()).all()


def test_a_better_version_goes_into_use_and_a_worse_one_does_not(
    versions: tuple[Registry, ModelCard, ModelCard],
) -> None:
    registry, first, second = versions
    worse = replace(second, metrics=(Standing("plays", 1, 1, 1.0, 0), *second.metrics))
    assert not release(registry, worse, NOW).released
    known = registry.in_use()
    assert known is not None
    assert known.version == first.version
    assert release(registry, second, NOW).released
    known = registry.in_use()
    assert known is not None
    assert (known.version, known.before) == (second.version, (first.version,))


def test_no_rival_where_nothing_is_in_use_or_it_cannot_be_compared(
    versions: tuple[Registry, ModelCard, ModelCard], small_bank: Dataset, tmp_path: Path
) -> None:
    registry, _, _ = versions
    assert version_in_use(registry, small_bank.product_ids.ids, dated=True) is None
    assert version_in_use(Registry(tmp_path), ["card"], dated=False) is None
    assert version_in_use(registry, ["card"], dated=False) is None


def test_the_card_says_in_both_languages_where_the_model_comes_from(
    versions: tuple[Registry, ModelCard, ModelCard],
) -> None:
    registry, first, _ = versions
    folder = registry.folder / first.version
    told = json.loads((folder / "card.json").read_text())
    assert told["card"]["fingerprint"] == first.fingerprint
    assert told["card"]["seed"] == 1
    for language in ("zh", "en"):
        page = (folder / f"card.{language}.md").read_text(encoding="utf-8")
        for row in first.metrics:
            assert f"| {row.method} |" in page
            assert f"{row.mrr:.3f}" in page
        assert first.fingerprint in page
        assert "income" in page


def test_a_card_changed_by_hand_is_refused(
    small_bank: Dataset, quick: Settings, tmp_path: Path
) -> None:
    card = train(small_bank, 1, tmp_path, NOW, quick)
    page = tmp_path / card.version / "card.en.md"
    page.write_text(page.read_text().replace("0.", "1."))
    with pytest.raises(ModelBroken, match=r"card\.en\.md was changed"):
        Registry(tmp_path).load(card.version, small_bank.product_ids.ids)


def test_too_little_to_measure_is_trained_and_said_to_be_unmeasured(
    bank: Dataset, quick: Settings, tmp_path: Path
) -> None:
    few = bank.clients.index[:40]
    tiny = Dataset.of(
        bank.clients.loc[few].reset_index(),
        bank.holdings[bank.holdings["client_id"].isin(few)],
        bank.products.reset_index(),
    )
    card = train(tiny, 1, tmp_path, NOW, quick)
    assert card.metrics == ()
    assert not judge(card).measured
    assert "never measured" in (tmp_path / card.version / "card.en.md").read_text()
