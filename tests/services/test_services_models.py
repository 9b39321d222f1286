"""The model that answers while the service runs, and what watches it."""

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from assistant.bootstrap import build_resources
from assistant.replies.notices import present_notice
from assistant.replies.templates import LANGUAGES, Words
from assistant.services.cases import cases_of, catalogue
from assistant.services.drifting import DriftWatch, acceptance_change, model_drift
from assistant.services.models import ModelWatch
from assistant.services.resources import Resources
from assistant.services.scoring_tables import write_tables
from assistant.services.shelf import ModelShelf
from assistant.settings import Settings
from crm.clients.care import every_client
from crm.products import list_products
from crm.store.engine import Store, create_store
from crm.store.tables.outbox import Outbox
from knowledge.library import Library
from recommender.drift import Snapshot, load_snapshot, save_snapshot
from recommender.gate_rules import load_rules
from recommender.recommend import recommend
from recommender.registry import Registry, seal
from recommender.scoring.blocks import Offer
from recommender.scoring.catalogue import read_catalogue
from recommender.scoring.run import Request
from tests.support.model_versions import another, broken
from tests.support.scoring import answers, done
from tests.support.seed import ROOT, copy_seed

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("var")
    copy_seed(folder)
    return folder


@pytest.fixture
def settings(var: Path) -> Settings:
    return Settings(root=ROOT, var=var)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = create_store(settings.store_url)
    yield opened
    opened.close()


@pytest.fixture
def registry(settings: Settings, tmp_path: Path) -> Registry:
    """A copy that a test may spoil."""
    shutil.copytree(settings.recommender_dir, tmp_path / "models")
    return Registry(tmp_path / "models")


@pytest.fixture
def resources(settings: Settings, store: Store) -> Resources:
    library = Library.load(settings.content_dir, NOW.date())
    return build_resources(settings, store, lambda: NOW, library)


def test_the_watch_takes_what_the_pointer_names_once(registry: Registry, store: Store) -> None:
    shelf = ModelShelf(None)
    watch = ModelWatch(registry, store, shelf)
    assert watch.look()
    first = shelf.in_use().card.version
    assert not watch.look()
    another(registry, "next")
    registry.use("next", "test", "", NOW)
    assert watch.look()
    assert shelf.in_use().card.version == "next"
    assert shelf.that_showed(first).card.version == first
    assert shelf.that_showed("long gone").card.version == "next"


def test_a_refused_version_leaves_the_one_that_answers(registry: Registry, store: Store) -> None:
    shelf = ModelShelf(None)
    watch = ModelWatch(registry, store, shelf)
    watch.look()
    answering = shelf.in_use()
    broken(another(registry, "broken"))
    registry.use("broken", "test", "", NOW)
    assert not watch.look()
    assert shelf.in_use() is answering
    assert [refused.version for refused in watch.refused] == ["broken"]
    registry.roll_back("test", "", NOW)
    assert not watch.look()
    assert watch.refused == ()


def test_whoever_answers_goes_on_with_the_model_he_began_with(
    registry: Registry, store: Store
) -> None:
    """The swap happens on another thread in the middle of an answer."""
    shelf = ModelShelf(None)
    watch = ModelWatch(registry, store, shelf)
    watch.look()
    another(registry, "meanwhile")
    registry.use("meanwhile", "test", "", NOW)
    with shelf.held():
        before = shelf.in_use()
        swap = threading.Thread(target=watch.look)
        swap.start()
        swap.join()
        assert shelf.in_use() is before
    assert shelf.in_use().card.version == "meanwhile"


def test_all_clients_of_the_store_are_scored_as_the_chat_answers_each(
    settings: Settings, resources: Resources, store: Store, tmp_path: Path
) -> None:
    """Same products, same removals: exported, read back and scored, for every 25th client."""
    write_tables(resources, tmp_path / "tables")
    registry = Registry(settings.recommender_dir)
    known = registry.in_use()
    assert known is not None
    rules = load_rules(settings.selling_dir / "gate.yml")
    today = resources.today()
    offer = Offer(read_catalogue(tmp_path / "tables"), today, rules)
    folder = registry.folder / known.version
    done(Request(tmp_path / "tables", folder, tmp_path / "out", offer, 2_000))
    scored = answers(tmp_path / "out").set_index("client_id")
    with store.read() as session:
        clients = every_client(session)
        assert list(scored.index) == [client.client_id for client in clients]
        shown = catalogue(resources, session)
        cases = cases_of(resources, session, clients[::25], shown.products, today)
    model = registry.load(known.version, shown.facts)
    for case in cases:
        alone = recommend(model, case, shown.facts, today, offer.limit, rules)
        row = scored.loc[case.client_id]
        assert [s["product_id"] for s in row["suggestions"]] == [
            s.product_id for s in alone.suggestions
        ]
        assert {r["product_id"]: r["rule"] for r in row["removals"]} == {
            stop.product_id: stop.rule for stop in alone.held_back
        }


def test_the_store_it_was_trained_on_has_not_moved(registry: Registry, store: Store) -> None:
    trained_on = registry.load_in_use(_catalogue(store)).model
    assert trained_on is not None
    with store.read() as session:
        found = model_drift(session, registry, trained_on.card.trained_at.date())
    assert not found.report.shifted
    assert not found.acceptance_fell


def test_a_shift_is_told_once_a_month_to_who_answers_for_the_model(
    registry: Registry, store: Store, settings: Settings
) -> None:
    """By the outbox, in words of both languages; a second look the same day writes nothing."""
    known = registry.in_use()
    assert known is not None
    _move(registry.folder / known.version)
    watch = DriftWatch(registry, store, lambda: NOW)
    written = watch.look(date(2026, 11, 25))
    assert watch.look(date(2026, 11, 25)) == 0
    assert watch.look(date(2026, 11, 26)) == 0
    with store.begin() as session:
        rows = session.query(Outbox).filter(Outbox.caused_by == f"drift:{known.version}").all()
        roles = {row.employee_id for row in rows}
        bodies = [row.body for row in rows]
        for row in rows:
            session.delete(row)
    assert written == len(rows) == len(roles) > 0
    words = Words.load(settings.replies_dir)
    for language in LANGUAGES:
        [block] = present_notice(words, language, bodies[0])
        assert known.version in block.text


def test_fewer_acceptances_are_a_fall_only_beyond_chance() -> None:
    today = date(2026, 11, 25)

    def frame(recent: list[int], before: list[int]) -> pd.DataFrame:
        days = [today - timedelta(3)] * len(recent) + [today - timedelta(90)] * len(before)
        return pd.DataFrame({"label": recent + before, "said_on": pd.to_datetime(days)})

    fell = acceptance_change(frame([1] * 10 + [0] * 50, [1] * 60 + [0] * 60), today)
    assert (fell.one.hits, fell.one.total, fell.other.total) == (10, 60, 120)
    assert fell.interval[1] < 0
    few = acceptance_change(frame([0] * 5, [1] * 60), today)
    assert not few.enough
    assert not acceptance_change(frame([], []), today).enough


def _catalogue(store: Store) -> set[str]:
    with store.read() as session:
        return {product.product_id for product in list_products(session)}


def _move(folder: Path) -> None:
    """Let training have seen every attribute's first and last level the other way round."""
    snapshot = load_snapshot(folder)
    moved = tuple(
        type(each)(each.name, each.levels, tuple(reversed(each.clients)))
        for each in snapshot.attributes
    )
    save_snapshot(Snapshot(moved, snapshot.holdings), folder)
    seal(folder)
