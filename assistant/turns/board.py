"""Wakes the streams of a conversation when something was appended to it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class MessageBoard:
    """Wakes listeners of this process; what is new they read from the store.

    A listener of another process is not woken and finds new messages at its next look.
    """

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)

    def wake(self, conversation_id: str) -> None:
        """Wake whoever listens to a conversation. Call it on the event loop."""
        for event in self._listeners.get(conversation_id, ()):
            event.set()

    @contextmanager
    def listening(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """Return an event that is set whenever the conversation grew."""
        event = asyncio.Event()
        self._listeners[conversation_id].add(event)
        try:
            yield event
        finally:
            self._listeners[conversation_id].discard(event)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]
