"""The composition root: builds everything from typed settings; nothing connects at import."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from assistant.actions.base import Desk
from assistant.identity import Clock, Signer, utc_now
from assistant.metrics import Metrics
from assistant.outbox import Deliverer
from assistant.replies.templates import Words
from assistant.replies.writer import ReplyWriter
from assistant.services.client_book import ClientBook
from assistant.services.drifting import DriftWatch
from assistant.services.gaps.answered import AnsweredContent
from assistant.services.gaps.sorting import GapClerk
from assistant.services.good_content import GoodContent
from assistant.services.models import ModelWatch
from assistant.services.opening_content import open_content
from assistant.services.owners import OutboxNotices
from assistant.services.renewing import ContentRenewal
from assistant.services.resources import Resources
from assistant.services.selling import Selling
from assistant.services.shelf import ContentShelf, ModelShelf
from assistant.services.staff import StaffDirectory
from assistant.settings import Settings
from assistant.turns.board import MessageBoard
from assistant.turns.dialogue import DialogueClient
from assistant.turns.ledger import TurnLedger
from assistant.turns.runner import Limits, TurnRunner
from crm.store.engine import Store, create_store
from knowledge.library import Library
from recommender.registry import Registry


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a service process is made of."""

    settings: Settings
    store: Store
    words: Words
    signer: Signer
    resources: Resources
    staff: StaffDirectory
    dialogue: DialogueClient
    board: MessageBoard
    metrics: Metrics
    runner: TurnRunner
    deliverer: Deliverer
    clerk: GapClerk
    renewal: ContentRenewal
    desk: Desk
    models: ModelWatch
    drift: DriftWatch
    action_token: str

    def store_answers(self) -> bool:
        """Tell whether the store can be read."""
        try:
            with self.store.read() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    async def close(self) -> None:
        """Let go of every connection."""
        await self.dialogue.__aexit__(None, None, None)
        self.store.close()


def business_day(settings: Settings, clock: Clock) -> Callable[[], date]:
    """Return what tells the bank's business date."""
    return lambda: clock().astimezone(settings.zone).date()


def build_resources(settings: Settings, store: Store, clock: Clock, library: Library) -> Resources:
    """Build what use cases work with; no model is on the shelf yet."""
    today = business_day(settings, clock)
    book = ClientBook(store)
    book.refresh(today())
    return Resources(
        store=store,
        content=ContentShelf(library),
        model=ModelShelf(None),
        book=book,
        selling=Selling.load(settings.selling_dir),
        today=today,
        clock=clock,
        zone=settings.zone,
    )


def build(settings: Settings, *, action_token: str, clock: Clock = utc_now) -> Parts:
    """Build a service process from its settings."""
    words = Words.load(settings.replies_dir)
    store = create_store(settings.store_url)
    signer = Signer(
        settings.signing_key.get_secret_value(),
        portal_key=settings.portal_key.get_secret_value(),
        clock=clock,
    )
    writer, board, metrics = ReplyWriter(words, signer), MessageBoard(), Metrics()
    today = business_day(settings, clock)
    good = GoodContent(settings.good_content_dir)
    opened = open_content(settings.content_dir, good, today(), settings.search_dir)
    resources = build_resources(settings, store, clock, opened.library)
    registry = Registry(settings.recommender_dir)
    models = ModelWatch(registry, store, resources.model)
    models.look()
    dialogue = DialogueClient(settings.dialogue_url, timeout=settings.turn_seconds)
    runner = TurnRunner(
        TurnLedger(store, writer, board, metrics, clock=clock),
        dialogue,
        signer,
        metrics,
        Limits(settings.turn_seconds, settings.waiting_limit),
    )
    answered = AnsweredContent(resources.content, store, words)
    answered.look()
    desk = Desk(
        resources, words, signer, writer, board, metrics, clock, settings.action_seconds, answered
    )
    return Parts(
        settings=settings,
        store=store,
        words=words,
        signer=signer,
        resources=resources,
        staff=StaffDirectory(store, demo=settings.demo, clock=clock),
        dialogue=dialogue,
        board=board,
        metrics=metrics,
        runner=runner,
        deliverer=Deliverer(store, words, writer, board, metrics, clock=clock),
        clerk=GapClerk(store, resources.content, clock, settings.gap_days),
        renewal=ContentRenewal(
            shelf=resources.content,
            root=settings.content_dir,
            store=store,
            good=good,
            notices=OutboxNotices(clock),
            today=today,
            clock=clock,
            opened=opened.stamp,
            learned=settings.search_dir,
        ),
        desk=desk,
        models=models,
        drift=DriftWatch(registry, store, clock),
        action_token=action_token,
    )
