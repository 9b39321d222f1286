"""A process that writes or delivers messages of the outbox until it is killed.

``python -m tests.support.outbox_work URL`` reads ``write NAME`` or ``deliver`` a line, forks a
worker that does so without end, and prints its process id: a fork starts in milliseconds, so a
test can afford many kills.
"""

import asyncio
import os
import signal
import sys
import time
from datetime import UTC, datetime
from itertools import count

from assistant.replies.templates import Words
from assistant.settings import Settings
from crm import outbox
from crm.store import audit
from crm.store.engine import Store, create_store
from tests.support.outbox_bench import deliverer_over, message

EMPLOYEES = ("E0001", "E0002", "E0003")


def main() -> None:
    url, words = sys.argv[1], Words.load(Settings().replies_dir)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work(create_store(url), words, *line.split())
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _work(store: Store, words: Words, what: str, name: str = "") -> None:
    if what == "deliver":
        asyncio.run(_deliver(store, words))
    for number in count():
        _write(store, f"{name}-{number:05}", EMPLOYEES[number % len(EMPLOYEES)])


def _write(store: Store, key: str, employee_id: str) -> None:
    """Write a cause and its message together; the same cause twice, as a retry would."""
    with store.begin() as session:
        now = datetime.now(UTC)
        audit.record(
            session, at=now, actor="test", action="cause", subject=key, outcome="done", detail={}
        )
        for _ in range(2):
            outbox.enqueue(session, message(key, employee_id), now)
    time.sleep(0.002)


async def _deliver(store: Store, words: Words) -> None:
    deliverer = deliverer_over(store, words)
    while True:
        await deliverer.deliver()
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    main()
