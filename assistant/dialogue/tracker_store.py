"""Trackers that stay small: the slots as they are, and the last few turns.

Rasa replays a conversation's every event at every turn and posts them all to the action
endpoint: measured, a turn takes seven times as long after 500 turns. Nothing here looks further
back than one turn (rules and slots), and what was said is kept by the service, so a tracker is
written as if its session had begun a few turns ago.

Runs on Python 3.10 beside Rasa.
"""

import json
from typing import Any, Iterable, Iterator, List, Optional

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_KEPT_TURNS = 2

_TABLE = sa.Table(
    "trackers",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),
)


class BoundedTrackerStore(TrackerStore):
    """Keeps one short tracker a conversation in a SQL database.

    Parameters
    ----------
    url
        SQLAlchemy URL of the database, given in ``endpoints.yml``.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        database: str = "sqlite://",
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._engine = _engine(database)
        with self._engine.begin() as connection:
            _TABLE.create(connection, checkfirst=True)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is needed of a tracker, in one statement."""
        events = json.dumps([event.as_dict() for event in kept_events(tracker)])
        values = {"sender_id": tracker.sender_id, "events": events}
        with self._engine.begin() as connection:
            updated = connection.execute(
                _TABLE.update().where(_TABLE.c.sender_id == tracker.sender_id).values(events=events)
            )
            if not updated.rowcount:
                connection.execute(_TABLE.insert().values(values))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Return a conversation's tracker, or None for a new conversation."""
        with self._engine.connect() as connection:
            events = connection.execute(
                sa.select(_TABLE.c.events).where(_TABLE.c.sender_id == sender_id)
            ).scalar_one_or_none()
        if events is None:
            return None
        return DialogueStateTracker.from_dict(
            sender_id, json.loads(events), self.domain.slots, self.max_event_history
        )

    async def keys(self) -> Iterable[str]:
        """Return the id of every conversation."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(_TABLE.c.sender_id)).scalars())


def kept_events(tracker: DialogueStateTracker) -> List[Event]:
    """Return a short history that leads to the same state as the whole one.

    A long tracker is rewritten as a session that starts with the slot values it has after the
    forgotten turns, then goes on with the last turns as they were.
    """
    events = list(tracker.events)
    turns = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= _KEPT_TURNS:
        return events
    first = turns[-_KEPT_TURNS]
    forgotten, kept = events[:first], events[first:]
    started = forgotten[0].timestamp
    return [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=started),
        SessionStarted(timestamp=started),
        *_slots_after(forgotten, started),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=started),
        *kept,
    ]


def _slots_after(events: List[Event], timestamp: Optional[float]) -> Iterator[SlotSet]:
    values = {event.key: event.value for event in events if isinstance(event, SlotSet)}
    for name, value in values.items():
        yield SlotSet(name, value, timestamp=timestamp)


def _engine(database: str) -> sa.engine.Engine:
    """Open the database; SQLite's file is kept open, because closing it costs a checkpoint."""
    if not database.startswith("sqlite"):
        return sa.create_engine(database, future=True, pool_pre_ping=True)
    engine = sa.create_engine(
        database,
        future=True,
        poolclass=sa.pool.StaticPool,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _tune)
    return engine


def _tune(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()
