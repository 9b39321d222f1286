"""Unasked messages reach their readers once, however often the service is killed meanwhile."""

import time
from collections import Counter
from datetime import UTC, datetime

from assistant.replies.notices import notice
from crm import outbox
from crm.outbox import Outgoing
from crm.store.engine import create_store
from tests.support.installation import RunningAssistant

READERS = [f"E{number:04}" for number in range(5, 9)]
MESSAGES, KILLS = 200, 2
_SECONDS = 180.0


def send(assistant: RunningAssistant, number: int) -> None:
    body = notice("talk.greet", name=f"no{number:03}")
    reader = READERS[number % len(READERS)]
    store = create_store(f"sqlite:///{assistant.store_path}")
    with store.begin() as session:
        outbox.enqueue(session, Outgoing(f"k{number}", reader, "test", body), datetime.now(UTC))
    store.close()


def told(assistant: RunningAssistant) -> Counter[str]:
    """Count what the readers were told, as they read it over the API."""
    words: list[str] = []
    for reader in READERS:
        with assistant.sign_in(reader) as chat:
            for message in chat.history():
                told_in = [str(block.get("text", "")) for block in message["blocks"]]
                words += [word for text in told_in for word in text.split("，")]
    return Counter(word for word in words if word.startswith("no"))


def test_no_unasked_message_is_lost_or_told_twice_when_the_service_is_killed(
    breakable: RunningAssistant,
) -> None:
    for number in range(MESSAGES):
        send(breakable, number)
        if number % (MESSAGES // KILLS) == MESSAGES // KILLS - 1:
            breakable.wait_until_back("service", breakable.kill("service"))
    deadline = time.monotonic() + _SECONDS
    while len(told(breakable)) < MESSAGES and time.monotonic() < deadline:
        time.sleep(0.5)
    assert told(breakable) == {f"no{number:03}": 1 for number in range(MESSAGES)}
