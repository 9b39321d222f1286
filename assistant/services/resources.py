"""What use cases work with; built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from assistant.identity import Clock
from assistant.services.client_book import ClientBook
from assistant.services.selling import Selling
from assistant.services.shelf import ContentShelf, ModelShelf
from crm.store.engine import Store


@dataclass(frozen=True, slots=True)
class Resources:
    """The store, the knowledge in force, the model in use, and the bank's time and date."""

    store: Store
    content: ContentShelf
    model: ModelShelf
    book: ClientBook
    selling: Selling
    today: Callable[[], date]
    clock: Clock
    zone: tzinfo

    def now(self) -> datetime:
        """Return this moment as the bank's clocks show it."""
        return self.clock().astimezone(self.zone)

    def begin_of(self, day: date) -> datetime:
        """Return the moment a day of the bank begins."""
        return datetime.combine(day, time.min, tzinfo=self.zone)
